"""The product: one folder per subject area, in the order and the words of the action plan."""
