"""From a county's row to a carrier: the secret is opened here, for the moment of sending, and nowhere else."""

from xietong.kit.keys.sealing import decrypt, encrypt
from xietong.kit.notices.channels.mail import Mail
from xietong.kit.notices.channels.outcome import Carrier, Way
from xietong.kit.notices.channels.robot import Robot
from xietong.kit.notices.models import Channel
from xietong.kit.ring import ring

CARRIERS: dict[str, type[Mail] | type[Robot]] = {Mail.name: Mail, Robot.name: Robot}


def context_of(channel: Channel) -> bytes:
    """A secret opens for the server only that it was entered for: moved to another host it is worth nothing."""
    return f"notices.channel:{channel.county_id}:{channel.kind}:{channel.host}:{channel.port}".encode()


def sealed(channel: Channel, secret: str) -> str:
    return encrypt(ring(), secret, context=context_of(channel))


def carrier_of(channel: Channel) -> Carrier:
    return CARRIERS[channel.kind](way_of(channel))


def way_of(channel: Channel) -> Way:
    secret = decrypt(ring(), channel.secret, context=context_of(channel)) if channel.secret else ""
    return Way(channel.host, channel.port, channel.security, channel.sender, channel.username, secret)


def per_minute(channel: Channel) -> int | None:
    return CARRIERS[channel.kind].per_minute


def missing(channel: Channel) -> bool:
    """Whether something is still to be entered before anything can be sent."""
    if not channel.is_mail:
        return not (channel.host and channel.secret)
    return not (channel.host and channel.sender) or bool(channel.username and not channel.secret)
