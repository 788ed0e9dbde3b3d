"""Personal tokens: a program acts for a person, in one of his roles, within named scopes, until a day."""
