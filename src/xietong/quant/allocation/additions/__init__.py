"""The cheapest additions with which a county passes the rules of balanced schools."""

from xietong.quant.allocation.additions.county import Standard, Terms, Units
from xietong.quant.allocation.additions.judging import Shortfall, Verdict, passes, shortfall
from xietong.quant.allocation.additions.result import Additions, Kind, Requirement, Round, Status
from xietong.quant.allocation.additions.search import cheapest

__all__ = [
    "Additions",
    "Kind",
    "Requirement",
    "Round",
    "Shortfall",
    "Standard",
    "Status",
    "Terms",
    "Units",
    "Verdict",
    "cheapest",
    "passes",
    "shortfall",
]
