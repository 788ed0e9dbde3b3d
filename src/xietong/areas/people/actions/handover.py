"""交接: what somebody holds goes to a successor in one step."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.access import ADMINISTRATORS
from xietong.areas.people.actions.keeping import Keeper, must_be_here, must_be_kept_alike
from xietong.areas.people.actions.roles import begin_term, close_term, must_leave_an_office, unended
from xietong.areas.people.events import WorkHandedOver
from xietong.areas.people.models import Handover, Person, RoleTerm
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.events.bus import announce
from xietong.kit.records.writing import add, locked


class NotSuccessor(Refused):
    """Nobody hands over to himself."""


def hand_over(actor: Actor, *, giver: Person, successor: Person, reason: str, now: datetime) -> Handover:
    """This function will end the giver's roles today, give them to the successor, and tell the areas above.

    The three administrators are no work that goes from hand to hand: such a role stays where it is.

    Raises
        NotSuccessor: giver and successor are one.
        ForeignPerson, Gone: the successor is another keeper's, or has left.
        LastOffice: the successor has no account and nobody else could act for the county's office.
        SubscriberFailed: an area above could not follow.
    """
    if giver.pk == successor.pk:
        raise NotSuccessor(_("交接对象不能是本人。"))
    must_be_kept_alike(giver, successor)
    today = day_of(now)
    with transaction.atomic():
        Keeper.of(giver).hold()
        taker = locked(successor)
        must_be_here(taker)
        terms = list(unended(giver, today).exclude(role__in=ADMINISTRATORS).select_related("organisation"))
        for term in terms:
            close_term(actor, term, reason=reason, now=now)
            take_over(actor, taker, term, now=now)
        must_leave_an_office(giver.county_id, {term.role for term in terms}, today)
        announce(actor, WorkHandedOver(giver.pk, taker.pk), now=now)
        row = Handover(
            county_id=giver.county_id,
            giver=giver,
            successor=taker,
            at=now,
            roles=len(terms),
            reason=reason,
        )
        return add(actor, row, action="people.hand_over", now=now, reason=reason)


def take_over(actor: Actor, taker: Person, term: RoleTerm, *, now: datetime) -> None:
    """The rest of a term for the successor, unless he holds that role there himself."""
    from_on = max(term.from_on, day_of(now))
    if unended(taker, from_on).filter(role=term.role, organisation=term.organisation).exists():
        return
    begin_term(
        actor,
        taker,
        action="people.take_over_role",
        role=term.role,
        organisation=term.organisation,
        from_on=from_on,
        to_on=term.to_on,
        now=now,
    )
