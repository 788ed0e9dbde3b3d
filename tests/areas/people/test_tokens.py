from datetime import UTC, datetime, timedelta

import pytest

from xietong.areas.people.rules.tokens import TokenState, hash_of, state_of

pytestmark = pytest.mark.once

AT = datetime(2026, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("used_at", "cancelled_at", "expires_at", "expected"),
    [
        (None, None, AT + timedelta(seconds=1), TokenState.OPEN),
        (None, None, AT, TokenState.EXPIRED),
        (AT, None, AT + timedelta(days=1), TokenState.USED),
        (None, AT, AT + timedelta(days=1), TokenState.CANCELLED),
        (AT, AT, AT, TokenState.USED),
    ],
)
def test_state_of_tells_why(
    used_at: datetime | None, cancelled_at: datetime | None, expires_at: datetime, expected: TokenState
) -> None:
    assert state_of(used_at=used_at, cancelled_at=cancelled_at, expires_at=expires_at, at=AT) == expected


def test_hash_of_is_sha256() -> None:
    assert hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
