"""Mail by SMTP, against a server on this machine: every way in which it can end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kit.channel_servers import (
    HOST,
    PASSWORD,
    USER,
    MailServer,
    certificate,
    free_port,
    mail_server,
    tls,
)
from xietong.kit.notices.channels import mail
from xietong.kit.notices.channels.mail import Mail, Security
from xietong.kit.notices.channels.outcome import SENT, Batch, End, Outcome, Way

BATCH = Batch("曾小雨：您有 1 条新消息。\n.\n完", "协同：您有 1 条新消息", "zeng@school.example", "xietong-7-1")


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate that this machine trusts."""
    path = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


def allow(settings: Any, port: int, host: str = HOST) -> None:
    settings.CHANNEL_HOSTS = {"mail": [f"{host}:{port}"], "wecom": []}


@pytest.fixture
def send(settings: Any) -> Any:
    """Sends the batch by a server, impatiently."""

    def sent(server: MailServer | int, *, seconds: float = 5.0, host: str = HOST, **way: Any) -> Outcome:
        port = server if isinstance(server, int) else server.port
        allow(settings, port, host)
        fields = {"security": Security.PLAIN, "sender": USER} | way
        return Mail(Way(host, port, **fields), seconds=seconds).send(BATCH)

    return sent


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server(MailServer()) as one:
        yield one


def test_a_mail_arrives_as_it_was_written(server: MailServer, send: Any) -> None:
    assert send(server) == SENT

    [(sender, to, made)] = server.mails
    assert (sender, to) == (USER, "zeng@school.example")
    assert made["From"] == f"协同 <{USER}>"
    assert made["Subject"] == "协同：您有 1 条新消息"
    assert (made["Message-ID"], made["Auto-Submitted"]) == ("<xietong-7-1@yunling.example>", "auto-generated")
    assert made.get_content().rstrip("\n") == BATCH.text


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_mail_goes_encrypted_with_a_password(security: str, trusted: Path, send: Any) -> None:
    context = tls(trusted)
    by_starttls = security == Security.STARTTLS
    plays = MailServer(starttls=context if by_starttls else None)
    with mail_server(plays, wrapped=None if by_starttls else context) as server:
        assert send(server, security=security, username=USER, secret=PASSWORD) == SENT

    assert len(plays.mails) == 1
    assert ("STARTTLS" in plays.said) == by_starttls


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_is_not_believed(security: str, tmp_path: Path, send: Any) -> None:
    context = tls(certificate(tmp_path))
    by_starttls = security == Security.STARTTLS
    plays = MailServer(starttls=context if by_starttls else None)
    with mail_server(plays, wrapped=None if by_starttls else context) as server:
        outcome = send(server, security=security, username=USER, secret=PASSWORD)

    assert outcome == Outcome(End.LATER, mail.BAD_CERTIFICATE, whole_channel=True)
    assert (plays.mails, "AUTH" in plays.said) == ([], False)


def test_a_server_without_starttls_gets_neither_password_nor_mail(server: MailServer, send: Any) -> None:
    outcome = send(server, security=Security.STARTTLS, username=USER, secret=PASSWORD)

    assert outcome == Outcome(End.LATER, mail.NO_TLS, whole_channel=True)
    assert server.said == ["EHLO"]


def test_a_wrong_password_can_be_put_right(trusted: Path, send: Any) -> None:
    with mail_server(MailServer(starttls=tls(trusted))) as server:
        outcome = send(server, security=Security.STARTTLS, username=USER, secret="wrong")

    assert outcome == Outcome(End.LATER, mail.WRONG_LOGIN, whole_channel=True)
    assert server.mails == []


@pytest.mark.parametrize(
    ("at", "reply", "end", "words", "whole"),
    [
        ("CONNECT", "554 no service", End.LATER, mail.AWAY, True),
        ("MAIL", "451 later", End.LATER, mail.BUSY, True),
        ("MAIL", "550 not you", End.NEVER, mail.REFUSED, True),
        ("RCPT", "450 mailbox busy", End.LATER, mail.BUSY, False),
        ("RCPT", "421 closing", End.LATER, mail.BUSY, True),
        ("RCPT", "550 no such user", End.NEVER, mail.REFUSED, False),
        ("DATA", "451 later", End.LATER, mail.BUSY, False),
        ("DATA", "554 no", End.NEVER, mail.REFUSED, False),
        ("END", "452 full", End.LATER, mail.BUSY, False),
        ("END", "554 spam", End.NEVER, mail.REFUSED, False),
    ],
)
def test_a_refusal_is_for_now_or_for_good(
    at: str, reply: str, end: End, words: str, whole: bool, server: MailServer, send: Any
) -> None:
    server.replies = {at: reply}

    outcome = send(server)

    values = {} if words == mail.AWAY else {"code": int(reply[:3])}
    assert outcome == Outcome(end, words, values, whole)
    assert server.mails == []


@pytest.mark.parametrize(
    ("at", "end", "words"),
    [
        ("CONNECT", End.LATER, mail.AWAY),
        ("EHLO", End.LATER, mail.AWAY),
        ("RCPT", End.LATER, mail.AWAY),
        ("END", End.UNSURE, mail.SILENT),
    ],
)
def test_silence_is_a_failure_until_the_mail_was_handed_over(
    at: str, end: End, words: str, server: MailServer, send: Any
) -> None:
    server.silent_at = at

    assert send(server, seconds=0.3) == Outcome(end, words, whole_channel=end == End.LATER)


def test_a_server_that_leaves_in_the_middle_is_away(server: MailServer, send: Any) -> None:
    server.leaves_at = "RCPT"

    assert send(server) == Outcome(End.LATER, mail.AWAY, whole_channel=True)
    assert server.mails == []


def test_a_server_that_leaves_at_the_farewell_has_the_mail(server: MailServer, send: Any) -> None:
    server.leaves_at = "QUIT"

    assert send(server) == SENT
    assert len(server.mails) == 1


def test_nobody_listening_is_a_matter_of_time(send: Any) -> None:
    assert send(free_port()) == Outcome(End.LATER, mail.AWAY, whole_channel=True)


def test_a_name_that_nobody_knows_is_a_matter_of_time(send: Any) -> None:
    assert send(465, host="mail.invalid") == Outcome(End.LATER, mail.AWAY, whole_channel=True)


def test_a_server_that_was_taken_off_the_list_is_not_spoken_to(server: MailServer, settings: Any) -> None:
    settings.CHANNEL_HOSTS = {"mail": [], "wecom": []}

    outcome = Mail(Way(HOST, server.port, Security.PLAIN, USER)).send(BATCH)

    assert (outcome.end, outcome.whole_channel) == (End.LATER, True)
    assert outcome.words.startswith(f"不能连接 {HOST}:{server.port}：它不在本平台允许的服务器名单里。")
    assert (server.said, server.mails) == ([], [])


def test_a_secret_stays_out_of_reprs() -> None:
    assert "hush" not in repr(Mail(Way(HOST, 25, secret="hush")))
