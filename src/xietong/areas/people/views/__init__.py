"""The pages of this area; one query or one action a view."""
