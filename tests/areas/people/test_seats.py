from datetime import timedelta
from typing import Any

import pytest

from tests import build
from xietong.areas.people import actions, queries
from xietong.areas.people.models import RoleTerm, Seat
from xietong.kit.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def take(cast: build.Cast, person: Any, **fields: Any) -> Seat:
    group = queries.group_to_seat(cast.office)
    values = {"unit": cast.school, "position": "member", "from_on": build.TODAY, "now": build.NOW}
    return actions.take_seat(cast.office, group, person=person, **values | fields)


def test_take_seat_shows_members_in_their_order(cast: build.Cast) -> None:
    build.leading_group(county=cast.county)
    head, member, former = (build.person(county=cast.county) for _ in range(3))
    ended = take(cast, former, position="head")
    actions.leave_seat(cast.office, ended, to_on=build.TODAY, now=build.NOW)
    take(cast, member)
    take(cast, head, position="head", document="云办字〔2026〕1号")

    page = queries.seats_page(cast.teacher)

    assert page is not None
    assert [(seat.person, seat.position) for seat in page.seats] == [
        (head, "head"),
        (member, "member"),
        (former, "head"),
    ]


def test_take_seat_refuses_who_does_not_belong(cast: build.Cast) -> None:
    build.leading_group(county=cast.county)
    member = build.person(county=cast.county)
    take(cast, member)

    with pytest.raises(Refused, match="已任此职务"):
        take(cast, member)
    with pytest.raises(actions.ForeignPerson):
        take(cast, build.person(county=cast.next_county))
    with pytest.raises(actions.ForeignPlace):
        take(cast, build.person(county=cast.county), unit=build.organisation(county=cast.next_county))
    with pytest.raises(actions.Gone):
        take(cast, build.person(county=cast.county, left_on=build.LONG_AGO))

    assert Seat.objects.count() == 1


def test_leave_seat_ends_it_once_and_in_order(cast: build.Cast) -> None:
    build.leading_group(county=cast.county)
    seat = take(cast, RoleTerm.objects.get(pk=cast.head.term_id).person)

    with pytest.raises(actions.NotInOrder):
        actions.leave_seat(cast.office, seat, to_on=build.TODAY - timedelta(days=1), now=build.NOW)
    seat.refresh_from_db()
    assert seat.to_on is None

    assert actions.leave_seat(cast.office, seat, to_on=build.TODAY, now=build.NOW).to_on == build.TODAY
    with pytest.raises(actions.AlreadyEnded):
        actions.leave_seat(cast.office, seat, to_on=build.TODAY, now=build.NOW)


def test_seats_page_is_empty_without_a_group(cast: build.Cast) -> None:
    build.leading_group(county=cast.next_county)

    assert queries.seats_page(cast.office) is None
