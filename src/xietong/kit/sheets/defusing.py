"""Text that no spreadsheet takes for a formula."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defused(text: str) -> str:
    """A text that stays text, also after somebody saves it as .csv."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
