"""Why a deed on indicators is refused."""

from xietong.kit.errors import Refused


class BadFormula(Refused):
    """The formula does not hold; says where and what to do."""


class NotReported(Refused):
    """The value is worked out, or somebody else reports it."""


class BadPeriod(Refused):
    """The number names no period, or one of the other kind."""


class BadValue(Refused):
    """The value cannot be: it is negative, or more than the whole."""


class PeriodLocked(Refused):
    """The period is locked; values change only by correction."""


class NothingToReport(Refused):
    """No value of the period counts yet."""
