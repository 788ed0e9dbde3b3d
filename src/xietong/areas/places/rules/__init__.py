"""Pure rules of school places: stages, bands, assumptions, and how many pupils will come."""
