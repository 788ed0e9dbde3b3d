"""Reads: the list of texts, one with its editions, what waits for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from xietong.areas.mechanisms import access
from xietong.areas.mechanisms.models import Edition, Mechanism, Opinion, Receipt
from xietong.areas.mechanisms.rules import PREPARED, EditionState, Force, Paragraph, compared, force_on
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Organisation
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.queries import Course, course, latest
from xietong.kit.files.models import Attachment
from xietong.kit.files.queries import attachments

ORIGINAL = "mechanisms.edition"
IN_THE_OPEN_ROUND = Q(edition__state=EditionState.CONSULTING.value, round=F("edition__round"))


@dataclass(frozen=True, slots=True)
class MechanismPage:
    """A text of rules: the edition in force on the day, and every edition that the actor may read, latest first."""

    row: Mechanism
    current: Edition | None
    editions: tuple[tuple[Edition, Force | None], ...]
    may_change: bool
    may_begin: bool


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One edition with what was said of it and who has taken note, as far as the actor may see."""

    row: Edition
    force: Force | None
    files: tuple[Attachment, ...]
    opinions: tuple[Opinion, ...]
    receipts: tuple[Receipt, ...]
    mine: tuple[Receipt, ...]
    earlier: Edition | None
    course: Course | None
    may: frozenset[str]

    @property
    def received(self) -> int:
        return sum(one.at is not None for one in self.receipts)

    @property
    def undecided(self) -> int:
        return sum(bool(one.text and not one.verdict) for one in self.opinions)


def in_force(today: date) -> Q:
    ends = Q(in_force_to=None) | Q(in_force_to__gte=today)
    return ends & Q(state=EditionState.ENACTED.value, in_force_from__lte=today)


def force_of(row: Edition, today: date) -> Force | None:
    """Whether an edition is in force; None for one that is not enacted."""
    if row.state != EditionState.ENACTED.value or row.in_force_from is None:
        return None
    return force_on(today, row.in_force_from, row.in_force_to)


def mechanisms(actor: Actor, today: date) -> QuerySet[Mechanism]:
    """The list, each with the day since which it is in force, its document, the state of a draft, and receipts."""
    current = Edition.objects.filter(in_force(today), mechanism=OuterRef("pk")).order_by("-number")
    prepared = Edition.objects.filter(mechanism=OuterRef("pk"), state__in=sorted(PREPARED)).order_by("-number")
    taken = Receipt.objects.filter(edition=OuterRef("current_pk")).values("edition")
    return visible(actor, access.VIEW_MECHANISM).annotate(
        current_pk=Subquery(current.values("pk")[:1]),
        since=Subquery(current.values("in_force_from")[:1]),
        document_no=Subquery(current.values("document_no")[:1]),
        prepared=Subquery(prepared.values("state")[:1]),
        asked=Subquery(taken.annotate(n=Count("pk")).values("n")),
        received=Subquery(taken.annotate(n=Count("pk", filter=Q(at__isnull=False))).values("n")),
    )


def said_in_text(value: str) -> Q:
    """Texts whose name or words hold what is looked for, in any enacted edition."""
    words = Edition.objects.filter(state=EditionState.ENACTED.value, text__icontains=value)
    return Q(title__icontains=value) | Q(pk__in=words.values("mechanism_id"))


def mechanism_page(actor: Actor, pk: int, today: date) -> MechanismPage:
    row = fetch(actor, access.VIEW_MECHANISM, pk)
    rows = visible(actor, access.VIEW_EDITION).filter(mechanism=row).order_by("-number")
    editions = tuple((one, force_of(one, today)) for one in rows)
    return MechanismPage(
        row,
        next((one for one, force in editions if force is Force.IN_FORCE), None),
        editions,
        may_change=may(actor, access.CHANGE_MECHANISM, row),
        may_begin=may(actor, access.BEGIN_EDITION, row),
    )


def edition_page(actor: Actor, pk: int, today: date) -> EditionPage:
    row = fetch(actor, access.VIEW_EDITION, pk, join=("mechanism",))
    office = access.CHANGE_EDITION.held_by(actor)
    receipts = tuple(row.receipts.select_related("unit").order_by("unit__order", "unit_id")) if office else ()
    opinions = row.opinions.select_related("unit").order_by("-round", "unit__order", "unit_id")
    sees_opinions = access.GIVE_OPINION.held_by(actor)
    last = latest(access.EDITION_FORM, row.pk)
    return EditionPage(
        row,
        force_of(row, today),
        tuple(attachments(ORIGINAL, [row.pk])[row.pk]),
        tuple(opinions if office else opinions.filter(unit_id__in=actor.orgs) if sees_opinions else ()),
        receipts,
        tuple(receipts_to_give(actor).filter(edition=row)) if access.RECEIVE.held_by(actor) else (),
        earlier_edition(actor, row),
        course(last) if last and office else None,
        frozenset(name for name, right in DEEDS.items() if may(actor, right, row)),
    )


DEEDS = {
    "change": access.CHANGE_EDITION,
    "close_round": access.CLOSE_ROUND,
    "enact": access.ENACT,
    "repeal": access.REPEAL,
}


def earlier_edition(actor: Actor, row: Edition) -> Edition | None:
    """The edition before, if the actor may read it."""
    rows = visible(actor, access.VIEW_EDITION).filter(mechanism_id=row.mechanism_id, number__lt=row.number)
    return rows.order_by("-number").first()


def comparison(actor: Actor, pk: int) -> tuple[Edition, Edition | None, list[Paragraph]]:
    """An edition beside the one before it."""
    row = fetch(actor, access.VIEW_EDITION, pk, join=("mechanism",))
    before = earlier_edition(actor, row)
    return row, before, compared(before.text if before else "", row.text)


def mechanism_to_change(actor: Actor, pk: int) -> Mechanism:
    return fetch(actor, access.CHANGE_MECHANISM, pk)


def mechanism_to_begin(actor: Actor, pk: int) -> Mechanism:
    return fetch(actor, access.BEGIN_EDITION, pk)


def edition_to(actor: Actor, deed: str, pk: int) -> Edition:
    return fetch(actor, DEEDS[deed], pk, join=("mechanism",))


def edition_to_remind(actor: Actor, pk: int) -> Edition:
    return fetch(actor, access.REMIND, pk, join=("mechanism",))


def opinion_to_give(actor: Actor, pk: int) -> Opinion:
    return fetch(actor, access.GIVE_OPINION, pk, join=("edition__mechanism", "unit"))


def opinion_to_answer(actor: Actor, pk: int) -> Opinion:
    return fetch(actor, access.ANSWER_OPINION, pk, join=("edition__mechanism", "unit"))


def receipt_to_give(actor: Actor, pk: int) -> Receipt:
    return fetch(actor, access.RECEIVE, pk, join=("edition__mechanism", "unit"))


def receipts_to_give(actor: Actor) -> QuerySet[Receipt]:
    """What one's unit has not taken note of yet."""
    rows = visible(actor, access.RECEIVE).filter(at=None)
    return rows.select_related("edition__mechanism", "unit").order_by("edition__in_force_from", "pk")


def opinions_to_give(actor: Actor) -> QuerySet[Opinion]:
    """Drafts on which one's unit was asked and has not answered, the most urgent first."""
    rows = visible(actor, access.GIVE_OPINION).filter(IN_THE_OPEN_ROUND, answered_at=None)
    return rows.select_related("edition__mechanism", "unit").order_by("edition__comment_by", "pk")


def opinions_to_answer(actor: Actor) -> QuerySet[Opinion]:
    """Opinions that wait for a verdict, the oldest first."""
    rows = visible(actor, access.ANSWER_OPINION).filter(IN_THE_OPEN_ROUND, verdict="")
    return rows.exclude(text="").select_related("edition__mechanism", "unit").order_by("answered_at", "pk")


def editions_to_enact(actor: Actor) -> QuerySet[Edition]:
    rows = visible(actor, access.ENACT).filter(state=EditionState.APPROVED.value)
    return rows.select_related("mechanism").order_by("pk")


def units_to_ask(actor: Actor, today: date) -> dict[int, Organisation]:
    """Who may be asked or has to take note: the county's units, and the universities."""
    return {**orgs.units_by_id(actor, today), **orgs.universities_by_id()}


def units_asked_before(edition: Edition) -> list[Organisation]:
    """Those who had to take note of the edition before."""
    rows = Receipt.objects.filter(edition__mechanism=edition.mechanism_id, edition__number__lt=edition.number)
    units = Organisation.objects.filter(pk__in=rows.values("unit_id"), closed_on=None)
    return list(units.order_by("order", "pk"))


def state_labels() -> dict[str, Any]:
    return dict(Edition.STATES)


def kind_choices() -> list[tuple[str, Any]]:
    return list(Mechanism.Kind.choices)


def verdict_choices() -> list[tuple[str, Any]]:
    return list(Opinion.Verdict.choices)
