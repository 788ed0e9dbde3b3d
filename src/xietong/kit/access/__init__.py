"""Who may do what, as data: one declaration filters a list and opens a row."""
