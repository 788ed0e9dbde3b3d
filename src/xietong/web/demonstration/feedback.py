"""投诉建议 in 云岭县: what was said in the last days, and one answer."""

from datetime import datetime

from django.urls import reverse

from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.feedback.actions import answer_feedback, send_feedback
from xietong.kit.feedback.models import Feedback
from xietong.web import queries


def say(actor: Actor, role: Role, kind: Feedback.Kind, text: str, now: datetime, *, named: bool = True) -> Feedback:
    found = queries.addressees(actor, day_of(now)).values()
    to = next(one for one in found if one.role == role)
    return send_feedback(
        actor,
        county_id=to.county_id,
        addressee=to.role,
        kind=kind,
        text=text,
        is_anonymous=not named,
        to=to.accounts,
        url=reverse("feedback_received"),
        now=now,
    )


def answer(actor: Actor, row: Feedback, text: str, now: datetime) -> None:
    answer_feedback(actor, row, answer=text, url=reverse("feedback"), now=now)
