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
    **{(state, "delegate"): state for state in ("issued", "under_way")},
    ("issued", "return"): "returned",
    ("under_way", "return"): "returned",
    ("returned", "take_back"): "issued",
    ("returned", "insist"): "issued",
    **{(state, "reassign"): "issued" for state in ("issued", "under_way", "returned")},
    **{(state, "suspend"): "suspended" for state in ("issued", "under_way", "returned")},
    ("suspended", "resume"): "issued",
    **{(state, "cancel"): "cancelled" for state in ("issued", "under_way", "returned", "suspended")},
    ("verified", "reopen"): "under_way",
    **{
        (state, deed): state
        for state in ("issued", "under_way", "claimed", "returned")
        for deed in ("contribute", "remind", "supervise", "reply", "reply_back")
    },
    **{
        (state, deed): state
        for state in ("issued", "under_way", "claimed", "returned", "suspended", "verified", "cancelled", "closed")
        for deed in ("lift", "not_amend", "pull_file")
    },
    **{
        (state, deed): state
        for state in ("issued", "under_way", "claimed", "returned", "suspended")
        for deed in ("instruct", "decide", "propose", "amend")
    },
    **{(state, "close"): "closed" for state in ("issued", "under_way", "returned", "suspended")},
}


@pytest.mark.parametrize(("state", "deed"), list(product(TaskState, Deed)))
def test_following_allows_exactly_the_course(state: TaskState, deed: Deed) -> None:
    assert following(state, deed) == COURSE.get((state.value, deed.value))


def test_what_is_done_is_not_open_and_what_is_verified_can_only_be_taken_up_again() -> None:
    assert set(OPEN) == {TaskState.ISSUED, TaskState.UNDER_WAY, TaskState.CLAIMED, TaskState.RETURNED}
    changing = [deed for deed in Deed if following(TaskState.VERIFIED, deed) not in (None, TaskState.VERIFIED)]
    assert changing == [Deed.REOPEN]
