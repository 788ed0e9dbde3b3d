"""Lists: columns declared once give the page, the phone's cards, sort, filter, saved views and the export."""
