"""What this area puts on the workbench: drafts to comment on, texts to take note of, what the office has to do."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.mechanisms import access, queries
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.panels import Todo

MOST = 30


def todos(actor: Actor, _today: date) -> Iterator[Todo]:
    if access.GIVE_OPINION.held_by(actor):
        yield from for_a_unit(actor)
    if access.ANSWER_OPINION.held_by(actor):
        yield from for_the_office(actor)


def for_a_unit(actor: Actor) -> Iterator[Todo]:
    for opinion in queries.opinions_to_give(actor)[:MOST]:
        yield Todo(
            label=_("制度征求意见"),
            tone="blue",
            title=opinion.edition.mechanism.title,
            url=reverse("mechanisms:edition", args=[opinion.edition_id]),
            org=str(opinion.unit),
            due_on=opinion.edition.comment_by,
        )
    for receipt in queries.receipts_to_give(actor)[:MOST]:
        yield Todo(
            label=_("制度待签收"),
            tone="orange",
            title=receipt.edition.mechanism.title,
            url=reverse("mechanisms:edition", args=[receipt.edition_id]),
            org=str(receipt.unit),
        )


def for_the_office(actor: Actor) -> Iterator[Todo]:
    for opinion in queries.opinions_to_answer(actor)[:MOST]:
        yield Todo(
            label=_("制度意见待处理"),
            tone="orange",
            title=opinion.edition.mechanism.title,
            url=reverse("mechanisms:edition", args=[opinion.edition_id]),
            org=str(opinion.unit),
            since=opinion.answered_at,
        )
    for edition in queries.editions_to_enact(actor)[:MOST]:
        yield Todo(
            label=_("制度待印发"),
            tone="orange",
            title=edition.mechanism.title,
            url=reverse("mechanisms:edition", args=[edition.pk]),
        )
