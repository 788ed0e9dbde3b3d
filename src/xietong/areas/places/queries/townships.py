"""Which township a school belongs to, and the places of townships beside each other."""

from collections.abc import Mapping

from xietong.areas.orgs.models import Organisation, OrgKind
from xietong.kit.accounts.actor import Actor

CODE = 9  # digits of a township in the code of a place


def townships(county_id: int) -> dict[int, Organisation]:
    """The townships of a county in official order."""
    rows = Organisation.objects.filter(county_id=county_id, kind=OrgKind.TOWNSHIP, closed_on=None)
    return {row.pk: row for row in rows.order_by("order", "pk")}


def townships_by_id(actor: Actor) -> dict[int, Organisation]:
    return townships(actor.home)


def township_of(school: Organisation, found: Mapping[int, Organisation]) -> int:
    """Its parent, or the township whose code its own place begins with; 0 where neither tells."""
    if school.parent_id and school.parent_id in found:
        return school.parent_id
    code = school.place_code[:CODE]
    return next((key for key, row in found.items() if code and row.place_code[:CODE] == code), 0)
