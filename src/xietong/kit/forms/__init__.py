"""Plain Django forms with our templates, the version of the row that was opened, and drafts kept on the device."""
