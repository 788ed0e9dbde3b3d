"""Events rise in stack order inside one transaction; a failure undoes all and says whose it was."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from tests import build
from xietong.areas.orgs.events import OrganisationClosed
from xietong.areas.orgs.models import Organisation
from xietong.areas.people.events import WorkHandedOver
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.events import bus
from xietong.kit.events.bus import SubscriberFailed, announce, subscribe, subscriptions_point_down

EVENT = OrganisationClosed(1, None, date(2026, 9, 8))


@pytest.fixture(autouse=True)
def empty_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bus of the test alone."""
    monkeypatch.setattr(bus, "SUBSCRIPTIONS", type(bus.SUBSCRIPTIONS)(list))


class Heard(list[str]):
    def by(self, name: str) -> Any:
        def handler(_actor: Actor, _event: Any, _now: datetime) -> None:
            self.append(name)

        return handler


@pytest.mark.django_db
def test_announce_tells_the_lower_area_first() -> None:
    heard = Heard()
    subscribe(OrganisationClosed, heard.by("plans"), area="plans")
    subscribe(OrganisationClosed, heard.by("people"), area="people")
    subscribe(WorkHandedOver, heard.by("other"), area="plans")
    announce(SYSTEM, EVENT, now=build.NOW)
    assert heard == ["people", "plans"]


@pytest.mark.django_db
def test_subscribe_twice_is_heard_once() -> None:
    heard = Heard()
    handler = heard.by("plans")
    subscribe(OrganisationClosed, handler, area="plans")
    subscribe(OrganisationClosed, handler, area="plans")
    announce(SYSTEM, EVENT, now=build.NOW)
    assert heard == ["plans"]


@pytest.mark.django_db
def test_announce_refuses_all_and_names_the_area_that_failed() -> None:
    def fails(_actor: Actor, _event: Any, _now: datetime) -> None:
        raise ValueError("坏了")

    def writes(_actor: Actor, _event: Any, _now: datetime) -> None:
        build.organisation(name="由人员写的")

    subscribe(OrganisationClosed, writes, area="people")
    subscribe(OrganisationClosed, fails, area="plans")
    with (
        pytest.raises(SubscriberFailed, match="「行动方案」未能同步处理，本次操作没有保存：坏了"),
        transaction.atomic(),
    ):
        announce(SYSTEM, EVENT, now=build.NOW)
    assert Organisation.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_announce_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        announce(SYSTEM, EVENT, now=build.NOW)


def test_check_finds_a_subscription_from_below_and_from_the_same_area() -> None:
    subscribe(WorkHandedOver, Heard().by("x"), area="orgs")
    subscribe(OrganisationClosed, Heard().by("x"), area="orgs")
    subscribe(OrganisationClosed, Heard().by("x"), area="plans")
    assert [error.id for error in subscriptions_point_down()] == ["events.E002", "events.E002"]


def test_check_finds_an_event_that_no_area_declares() -> None:
    subscribe(Heard, Heard().by("x"), area="plans")
    assert [error.id for error in subscriptions_point_down()] == ["events.E001"]
