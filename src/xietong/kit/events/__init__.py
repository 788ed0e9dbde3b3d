"""What happened, announced by a lower area and heard by higher ones: how facts rise without an import."""
