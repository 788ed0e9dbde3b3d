"""What the rule table announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleChanged:
    """A county set a value of its own, or gave it up."""

    county_id: int
    code: str
