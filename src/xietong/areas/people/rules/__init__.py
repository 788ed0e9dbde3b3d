"""Pure rules of people: what can be told from values alone, without Django, clock or files."""
