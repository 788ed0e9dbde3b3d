"""Why a token opens nothing, each with a sentence for whoever runs the program."""

from xietong.kit.errors import Refused


class TokenRefused(Refused):
    """The token is unknown, expired, revoked, or its account or role has ended."""
