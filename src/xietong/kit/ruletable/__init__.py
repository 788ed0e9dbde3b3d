"""Numbers that are rules: each with its document, dates and confidence, per county where it may differ."""
