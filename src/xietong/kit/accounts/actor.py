"""`Actor`: who does something, in which role, at which organisation, reaching which counties."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.kit.errors import Denied


@dataclass(frozen=True, slots=True)
class Actor:
    """One role of one person on one day. Rights are asked of this value and of nothing else.

    `county_id` is the county whose rows a role writes; `counties` those that it may reach (a
    university reaches the counties it has an agreement with). `orgs` are the organisation and the
    dependants that it files for.
    """

    account_id: int | None
    name: str
    role: str
    role_label: str = ""
    org_id: int | None = None
    org_name: str = ""
    county_id: int | None = None
    counties: tuple[int, ...] = ()
    orgs: tuple[int, ...] = ()
    person_id: int | None = None
    term_id: int | None = None
    stands_in_for: str = ""
    address: str = ""

    @property
    def home(self) -> int:
        """The county whose rows this role writes.

        Raises Denied for a role that belongs to no county.
        """
        if self.county_id is None:
            raise Denied(_("您当前的角色不属于任何县，不能这样操作。"))
        return self.county_id

    @property
    def acting_name(self) -> str:
        """Who acts, and for whom, as a record tells it in whichever language it is read."""
        return f"{self.name}（代{self.stands_in_for}）" if self.stands_in_for else self.name

    @property
    def label(self) -> str:
        return f"{self.org_name} {self.name}".strip()


SYSTEM = Actor(account_id=None, name=gettext_noop("系统"), role="system")
ANONYMOUS = Actor(account_id=None, name="", role="anonymous")

ActorsOf = Callable[[int, date], tuple[Actor, ...]]


@cache
def actors_of() -> ActorsOf:
    """The function that an area provides (setting ACTORS_OF): the roles of an account on a day."""
    found: ActorsOf = import_string(settings.ACTORS_OF)
    return found


class HoldersOf(Protocol):
    """Who acts in a role of a county on a day, deputies too: accounts, at the given organisations if any."""

    def __call__(
        self, county_id: int | None, role: str, on: date, *, organisation_ids: tuple[int, ...] = ()
    ) -> list[int]: ...


@cache
def accounts_of_role() -> HoldersOf:
    """The function that an area provides (setting ACCOUNTS_OF_ROLE)."""
    found: HoldersOf = import_string(settings.ACCOUNTS_OF_ROLE)
    return found
