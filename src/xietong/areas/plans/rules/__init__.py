"""Pure rules of action plans: what can be told from values alone, without Django, clock or files."""
