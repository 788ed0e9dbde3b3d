"""Pure rules of organisations: codes, and the arithmetic of school years, without Django, clock or files."""
