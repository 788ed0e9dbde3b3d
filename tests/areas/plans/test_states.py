"""The course of a task: every pair of state and deed, so that no step slips in unnoticed."""

from itertools import product

import pytest

from xietong.areas.plans.rules.states import OPEN, Deed, TaskState, following

pytestmark = pytest.mark.once

COURSE = {
    ("draft", "issue"): "issued",
    ("issued", "receive"): "under_way",
    ("under_way", "report"): "under_way",
    ("under_way", "claim"): "claimed",
    ("under_way", "send_back"): "under_way",
    ("under_way", "accept"): "under_way",
    ("claimed", "send_back"): "under_way",
    ("claimed", "accept"): "verified",
    ("under_way", "withdraw"): "under_way",
    ("claimed", "withdraw"): "under_way",
    **{(state, deed): state for state in ("issued", "under_way") for deed in ("ask_later", "grant", "refuse")},
    ("issued", "close"): "closed",
    ("under_way", "close"): "closed",
}


@pytest.mark.parametrize(("state", "deed"), list(product(TaskState, Deed)))
def test_following_allows_exactly_the_course(state: TaskState, deed: Deed) -> None:
    assert following(state, deed) == COURSE.get((state.value, deed.value))


def test_verified_is_the_end_and_drafts_are_not_open() -> None:
    assert set(OPEN) == {TaskState.ISSUED, TaskState.UNDER_WAY, TaskState.CLAIMED}
    assert [deed for deed in Deed if following(TaskState.VERIFIED, deed)] == []
