"""Periods as numbers: a school year by its first year (2025), a month by 202511."""

MONTHS = 12
FIRST_OF_MONTHS = 100_000
"""Years have four digits, months six."""


EARLIEST, LATEST = 2000, 2100


def is_period(number: int) -> bool:
    """Whether a number names a school year or a month of this century."""
    year, month = divmod(number, 100) if is_month(number) else (number, 1)
    return EARLIEST <= year <= LATEST and 1 <= month <= MONTHS


def is_month(period: int) -> bool:
    return period >= FIRST_OF_MONTHS


def ordinal(period: int) -> int:
    """Periods of one kind numbered through: neighbours differ by one."""
    if not is_month(period):
        return period
    year, month = divmod(period, 100)
    return MONTHS * year + month - 1


def shifted(period: int, by: int) -> int:
    """The period so many periods on."""
    if not is_month(period):
        return period + by
    year, month = divmod(ordinal(period) + by, MONTHS)
    return 100 * year + month + 1
