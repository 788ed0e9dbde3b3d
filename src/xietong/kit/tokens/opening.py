"""A secret becomes an actor, by the same rules as a session: the account, its roles today, the one named."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor, actors_of
from xietong.kit.accounts.models import Account
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.queries import token_of
from xietong.kit.tokens.refusals import TokenRefused


@dataclass(frozen=True, slots=True)
class Opened:
    """A token that opens, and in whose place it acts today."""

    token: Token
    actor: Actor


def open_token(secret: str, *, today: date, address: str) -> Opened:
    """This function will find out who acts with a secret; `today` is the business day of the roles.

    Raises
        TokenRefused: nobody does; the message says why to whoever holds the secret.
    """
    token = token_of(secret)
    if token is None:
        raise TokenRefused(_("令牌无效，请核对是否完整复制。"))
    check_token(token)
    check_account(token.account)
    for actor in actors_of()(token.account_id, today):
        if actor.term_id == token.term_id:
            return Opened(token, replace(actor, address=address))
    raise TokenRefused(_("令牌所用的角色已经结束，请用现在的角色新建令牌。"))


def check_token(token: Token) -> None:
    if token.revoked_at is not None:
        raise TokenRefused(_("令牌已撤销。"))
    if token.expires_on < day_of(machine_now()):
        raise TokenRefused(_("令牌已过期，请新建令牌。"))


def check_account(account: Account) -> None:
    if not account.is_active:
        raise TokenRefused(_("账号已停用。"))
    if account.must_change_password:
        raise TokenRefused(_("账号须先登录网站修改密码，令牌才能继续使用。"))
