"""投诉建议: a word from anybody to those whose duty it is to answer, and their answer."""
