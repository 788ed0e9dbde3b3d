"""The group robot of WeCom (企业微信): a POST to an address whose key is its only secret.

It answers 200 even when it refuses; what became of it stands in the body.
"""

import http.client
import json
import ssl
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import quote

from django.utils.translation import gettext_noop

from xietong.kit.notices.channels.hosts import NotListed, dial, on_list
from xietong.kit.notices.channels.outcome import SENT, Batch, End, Outcome, Way
from xietong.kit.notices.models.channel import Channel

PATH = "/cgi-bin/webhook/send"
MOST_BYTES = 2048
PER_MINUTE = 20
MOST_ANSWER = 65536
SECONDS = 15.0
TOO_OFTEN = 45009
BUSY = -1
NO_SUCH_KEY = frozenset({93000, 93004, 93017})
A_MINUTE = timedelta(seconds=65)

AWAY = gettext_noop("连不上企业微信，稍后再试。")
BAD_CERTIFICATE = gettext_noop("企业微信服务器的证书无法验证，没有发送。")
SILENT = gettext_noop("已交给企业微信，但没有等到回答，可能已经送达。")
ELSEWHERE = gettext_noop("服务器要求转到别的地址（%(code)d），没有跟随，稍后再试。")
UNWELL = gettext_noop("企业微信暂时不可用（%(code)d），稍后再试。")
UNREADABLE = gettext_noop("服务器的回答不是企业微信的格式，稍后再试。")
OFTEN = gettext_noop("机器人发送过于频繁（45009），稍后再试。")
BAD_KEY = gettext_noop("机器人已删除或 Webhook 地址无效（%(code)d），请重新设置。")
REFUSED = gettext_noop("企业微信没有接受这条消息（%(code)d）。")


@dataclass(frozen=True, slots=True)
class Robot:
    """The robot of a county's group."""

    way: Way
    seconds: float = SECONDS
    name: ClassVar[str] = Channel.Kind.ROBOT
    per_minute: ClassVar[int | None] = PER_MINUTE

    def send(self, batch: Batch) -> Outcome:
        """This function will post one text to the group; its outcome is for the log, nothing is raised."""
        try:
            connection = self.connected()
        except NotListed as refusal:
            return later(str(refusal))
        except ssl.SSLError:
            return later(BAD_CERTIFICATE)
        except OSError:
            return later(AWAY)
        with closing(connection):
            return self.post(connection, batch)

    def connected(self) -> http.client.HTTPConnection:
        """Over a connection of ours; nothing in `http.client` follows a redirect."""
        host, port = self.way.host, self.way.port
        listed = on_list(self.name, host, port)
        made = dial(self.name, host, port, self.seconds)
        connection = http.client.HTTPConnection(host, port, timeout=self.seconds)
        if listed.scheme == "https":
            context = ssl.create_default_context()
            made = context.wrap_socket(made, server_hostname=host)
            connection = http.client.HTTPSConnection(host, port, timeout=self.seconds, context=context)
        connection.sock = made
        return connection

    def post(self, connection: http.client.HTTPConnection, batch: Batch) -> Outcome:
        body = json.dumps({"msgtype": "text", "text": {"content": fitted(batch.text)}}, ensure_ascii=False)
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            connection.request("POST", f"{PATH}?key={quote(self.way.secret, safe='')}", body.encode(), headers)
            answer = connection.getresponse()
            return understood(answer.status, answer.read(MOST_ANSWER))
        except (http.client.HTTPException, OSError):
            return Outcome(End.UNSURE, SILENT)


def fitted(text: str) -> str:
    """As much as the robot takes, cut between two characters and marked as cut."""
    if len(text.encode()) <= MOST_BYTES:
        return text
    mark = "…"
    return text.encode()[: MOST_BYTES - len(mark.encode())].decode(errors="ignore") + mark


def understood(status: int, body: bytes) -> Outcome:
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return later(ELSEWHERE, code=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return later(UNWELL, code=status)
    if status != HTTPStatus.OK:
        return Outcome(End.NEVER, REFUSED, {"code": status}, whole_channel=True)
    return by_code(code_in(body))


def code_in(body: bytes) -> int | None:
    try:
        return int(json.loads(body)["errcode"])
    except (ValueError, KeyError, TypeError):
        return None


def by_code(code: int | None) -> Outcome:
    if code is None:
        return later(UNREADABLE)
    if code == 0:
        return SENT
    if code == TOO_OFTEN:
        return later(OFTEN, retry_after=A_MINUTE)
    if code == BUSY:
        return later(UNWELL, code=code)
    if code in NO_SUCH_KEY:
        return Outcome(End.NEVER, BAD_KEY, {"code": code}, whole_channel=True)
    return Outcome(End.NEVER, REFUSED, {"code": code}, whole_channel=True)


def later(words: str, *, retry_after: timedelta | None = None, **values: int) -> Outcome:
    return Outcome(End.LATER, words, values, whole_channel=True, retry_after=retry_after)
