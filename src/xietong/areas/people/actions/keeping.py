"""Who keeps a person, and what follows from it: the scope of keys and hashes, and which places are his."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.people.models import Person
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Refused


class ForeignPlace(Refused):
    """The organisation does not belong to the keeper of the person, or has closed."""


class ForeignPerson(Refused):
    """The other person is kept by somebody else."""


class Gone(Refused):
    """The person has left; what was stays on record and nothing is added to it."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """A county, or a university."""

    county_id: int | None
    university_id: int | None

    @classmethod
    def behind(cls, actor: Actor) -> Self:
        return cls(actor.county_id, None if actor.county_id else actor.org_id)

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(person.county_id, person.university_id)

    @property
    def scope(self) -> str:
        return f"county:{self.county_id}" if self.county_id else f"university:{self.university_id}"

    @property
    def context(self) -> bytes:
        return f"people.person:{self.scope}".encode()

    def keeps(self, place: Organisation) -> bool:
        if self.county_id:
            return place.county_id == self.county_id
        return self.university_id in {place.pk, place.parent_id}

    def hold(self) -> None:
        """Let one transaction at a time through, for rules that span rows of the keeper.

        Without its key, so that rows which merely refer to the county are written meanwhile.
        """
        if self.county_id:
            County.objects.select_for_update(no_key=True).get(pk=self.county_id)
        elif self.university_id:
            Organisation.objects.select_for_update(no_key=True).get(pk=self.university_id)


def must_be_here(person: Person) -> None:
    if person.left_on:
        raise Gone(_("%(name)s已离开，不能再办理。") % {"name": person.name})


def must_be_kept_alike(person: Person, other: Person) -> None:
    if Keeper.of(person) != Keeper.of(other):
        raise ForeignPerson(_("两人不在同一个县（高校）。"))


def must_be_ours(person: Person, place: Organisation) -> None:
    if not Keeper.of(person).keeps(place):
        raise ForeignPlace(_("所选的机构不属于本县（本校）。"))
    if place.closed_on:
        raise ForeignPlace(_("“%(place)s”已撤并。") % {"place": place})
