"""A demonstration is never poured into a real database."""

from xietong.areas.orgs.models import County
from xietong.kit.accounts.models import Account


class RealData(Exception):
    """The database holds data; the message says what to do."""


def must_be_empty() -> None:
    if County.objects.exists() or Account.objects.exists():
        raise RealData("数据库里已有数据，演示数据只能写入空库。请换一个 XIETONG_HOME 或 DATABASE_URL。")
