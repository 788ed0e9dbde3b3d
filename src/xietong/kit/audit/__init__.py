"""What was done, by whom, in which role: rows that are never changed, chained by a key kept elsewhere."""
