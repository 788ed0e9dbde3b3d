"""The bare login, and the value that says who acts."""
