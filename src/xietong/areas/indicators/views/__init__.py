"""One query or one action a view."""
