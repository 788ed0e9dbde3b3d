"""E-mail by SMTP. What was handed over and not answered is unsure; before that, everything may be tried again."""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.kit.notices.channels.hosts import NotListed, dial
from xietong.kit.notices.channels.outcome import SENT, Batch, End, Outcome, Way
from xietong.kit.notices.models.channel import Channel

SECONDS = 15.0
ACCEPTED = (250, 251)
SHUTTING_DOWN = 421
LASTING = 500

Security = Channel.Security

# Whoever listens reads no more than the code: the text of a server may repeat the address.
BUSY = gettext_noop("邮件服务器暂时没有收下（代码 %(code)d），稍后再试。")
REFUSED = gettext_noop("邮件服务器拒收（代码 %(code)d），请核对收件地址和发件人地址。")
WRONG_LOGIN = gettext_noop("邮件服务器不接受用户名或密码，请在消息渠道里重新设置。")
NO_TLS = gettext_noop("邮件服务器不支持所选的加密或登录方式，请换一种加密方式。")
BAD_CERTIFICATE = gettext_noop("邮件服务器的证书无法验证，没有发送。")
AWAY = gettext_noop("连不上邮件服务器，稍后再试。")
SILENT = gettext_noop("邮件已交给服务器，但没有等到回答，可能已经送达。")


class Server(smtplib.SMTP):
    """`smtplib` over a connection of ours, so that the address which was looked at is the one connected to."""

    def __init__(self, way: Way, seconds: float) -> None:
        self.way = way
        # By the sender's own name: the library would ask the network for ours.
        own_name = way.sender.rpartition("@")[2]
        super().__init__(way.host, way.port, local_hostname=own_name, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made = dial(Channel.Kind.MAIL, host, port, timeout)
        if self.way.security != Security.TLS:
            return made
        return ssl.create_default_context().wrap_socket(made, server_hostname=host)


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server of a county."""

    way: Way
    seconds: float = SECONDS
    name: ClassVar[str] = Channel.Kind.MAIL
    per_minute: ClassVar[int | None] = None

    def send(self, batch: Batch) -> Outcome:
        """This function will hand one mail to the server; its outcome is for the log, nothing is raised."""
        try:
            server = self.greeted()
        except NotListed as refusal:
            return later(str(refusal))
        except OSError as error:
            return later(why(error))
        try:
            return self.hand_over(server, batch)
        finally:
            # What the server says to a farewell changes nothing.
            with suppress(OSError):
                server.quit()

    def greeted(self) -> Server:
        server = Server(self.way, self.seconds)
        try:
            if self.way.security == Security.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if self.way.username:
                server.login(self.way.username, self.way.secret)
        except BaseException:
            server.close()
            raise
        return server

    def hand_over(self, server: Server, batch: Batch) -> Outcome:
        try:
            server.ehlo_or_helo_if_needed()
            code, _text = server.mail(self.way.sender)
            if code not in ACCEPTED:
                return answered(code, whole_channel=True)
            code, _text = server.rcpt(batch.to)
            if code not in ACCEPTED:
                return answered(code)
        except OSError as error:
            return later(why(error))
        try:
            code, _text = server.data(message(self.way.sender, batch))
        except smtplib.SMTPDataError as error:
            return answered(error.smtp_code)
        except OSError:
            return Outcome(End.UNSURE, SILENT)
        return SENT if code in ACCEPTED else answered(code)


def answered(code: int, *, whole_channel: bool = False) -> Outcome:
    """4xx is for now, 5xx is for good; a server that shuts down does so to everybody."""
    if code >= LASTING:
        return Outcome(End.NEVER, REFUSED, {"code": code}, whole_channel)
    return Outcome(End.LATER, BUSY, {"code": code}, whole_channel or code == SHUTTING_DOWN)


def later(words: str) -> Outcome:
    return Outcome(End.LATER, words, whole_channel=True)


def why(error: OSError) -> str:
    """Why it came to no hand-over; a wrong password may be put right, so it is no reason to give up."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return WRONG_LOGIN
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NO_TLS
    if isinstance(error, ssl.SSLError):
        return BAD_CERTIFICATE
    return AWAY


def message(sender: str, batch: Batch) -> bytes:
    """The mail itself. Its id is the same at each attempt, so that a reader's program can tell it came twice."""
    made: Any = EmailMessage()
    made["From"] = formataddr((_("协同"), sender))
    made["To"] = batch.to
    made["Subject"] = batch.subject
    made["Date"] = formatdate(localtime=True)
    made["Message-ID"] = f"<{batch.key}@{sender.rpartition('@')[2]}>"
    # Out-of-office notes have nobody to go to.
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(batch.text, cte="base64")
    return bytes(made)
