"""Writing rows: with a version, under a lock, and never without an audit row in the same transaction."""
