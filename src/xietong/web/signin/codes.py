"""The second factor's codes: each opens the door once, whatever happens to the clock or the cache meanwhile."""

from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator

from xietong.kit.clock.time import machine_now


def step_of(moment: datetime) -> int:
    """The number of the half minute in which a code is valid."""
    return int(moment.timestamp()) // int(app_settings.TOTP_PERIOD)


class Once:
    """A form whose time-based code must be of a later half minute than the last one that was accepted.

    The library remembers used codes in the cache for half a minute; after the clock was set back that
    half minute comes again. Whoever was let in by a wrong clock waits until it has caught up, or uses
    a recovery code.
    """

    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        used_at = self.authenticator.last_used_at
        is_timed = self.authenticator.type == Authenticator.Type.TOTP
        if is_timed and used_at and step_of(machine_now()) <= step_of(used_at):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(Once, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(Once, ReauthenticateForm):  # type: ignore[misc]
    """One's own code asked for again before something grave."""
