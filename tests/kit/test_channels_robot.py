"""The group robot of WeCom, against a server on this machine that answers like it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.kit.channel_servers import HOST, KEY, RobotServer, certificate, free_port, robot_server, tls
from xietong.kit.notices.channels import robot
from xietong.kit.notices.channels.outcome import SENT, Batch, End, Outcome, Way
from xietong.kit.notices.channels.robot import Robot, fitted


@pytest.fixture
def server() -> Iterator[RobotServer]:
    with robot_server(RobotServer()) as one:
        yield one


@pytest.fixture
def send(settings: Any) -> Any:
    def sent(
        server: RobotServer | int, text: str = "填报待审核 2 条", *, scheme: str = "http", key: str = KEY, **more: Any
    ) -> Outcome:
        port = server if isinstance(server, int) else server.port
        settings.CHANNEL_HOSTS = {"mail": [], "wecom": [f"{scheme}://{HOST}:{port}"]}
        return Robot(Way(HOST, port, secret=key), **{"seconds": 5.0} | more).send(Batch(text))

    return sent


def later(words: str, **more: Any) -> Outcome:
    return Outcome(End.LATER, words, whole_channel=True, **more)


def test_a_text_arrives_with_the_key_in_its_address(server: RobotServer, send: Any) -> None:
    assert send(server) == SENT

    assert server.texts == ["填报待审核 2 条"]
    assert server.paths == [f"/cgi-bin/webhook/send?key={KEY}"]


def test_a_text_goes_encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, send: Any) -> None:
    path = certificate(tmp_path)
    with robot_server(RobotServer(), wrapped=tls(path)) as server:
        stranger = send(server, scheme="https")
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        trusted = send(server, scheme="https")

    assert (stranger, trusted) == (later(robot.BAD_CERTIFICATE), SENT)
    assert server.texts == ["填报待审核 2 条"]


def test_a_long_text_is_cut_between_two_characters(server: RobotServer, send: Any) -> None:
    assert send(server, "县" * 700) == SENT

    [text] = server.texts
    assert (text, len(text.encode())) == ("县" * 681 + "…", 2046)


@pytest.mark.parametrize("text", ["县" * 682 + "ab", "a" * 2048, "𠮷" * 512])
def test_a_text_that_fits_stays_whole(text: str) -> None:
    assert (len(text.encode()), fitted(text)) == (2048, text)


@pytest.mark.parametrize("text", ["a" + "县" * 683, "𠮷" * 513, "ab" * 1025])
def test_a_text_that_does_not_fit_is_marked_as_cut(text: str) -> None:
    cut = fitted(text)
    assert (cut[-1], len(cut.encode()) <= 2048, text.startswith(cut[:-1])) == ("…", True, True)


def test_the_21st_text_of_a_minute_comes_later(server: RobotServer, send: Any) -> None:
    outcomes = [send(server) for _ in range(21)]

    assert outcomes[:20] == [SENT] * 20
    assert outcomes[20] == later(robot.OFTEN, retry_after=timedelta(seconds=65))
    assert len(server.texts) == 20


def test_a_key_that_is_no_more_is_refused_for_good(server: RobotServer, send: Any) -> None:
    outcome = send(server, key="00000000-0000-0000-0000-000000000000")

    assert outcome == Outcome(End.NEVER, robot.BAD_KEY, {"code": 93000}, whole_channel=True)
    assert server.texts == []


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, '{"errcode": 40058, "errmsg": "too long"}', Outcome(End.NEVER, robot.REFUSED, {"code": 40058}, True)),
        (200, '{"errcode": -1, "errmsg": "system busy"}', later(robot.UNWELL, values={"code": -1})),
        (200, "<html>请先登录网络</html>", later(robot.UNREADABLE)),
        (200, '{"errmsg": "?"}', later(robot.UNREADABLE)),
        (200, "[]", later(robot.UNREADABLE)),
        (429, "{}", later(robot.UNWELL, values={"code": 429})),
        (500, "{}", later(robot.UNWELL, values={"code": 500})),
        (502, "{}", later(robot.UNWELL, values={"code": 502})),
        (404, "{}", Outcome(End.NEVER, robot.REFUSED, {"code": 404}, True)),
    ],
)
def test_an_answer_is_read_whatever_it_is(
    status: int, body: str, expected: Outcome, server: RobotServer, send: Any
) -> None:
    server.status, server.body = status, body

    assert send(server) == expected


def test_a_redirect_is_not_followed(server: RobotServer, send: Any) -> None:
    with robot_server(RobotServer()) as elsewhere:
        server.status, server.location = 307, f"http://{HOST}:{elsewhere.port}/cgi-bin/webhook/send?key={KEY}"
        outcome = send(server)

    assert outcome == later(robot.ELSEWHERE, values={"code": 307})
    assert elsewhere.paths == []


def test_a_slow_answer_leaves_it_uncertain(server: RobotServer, send: Any) -> None:
    server.seconds = 1.0

    assert send(server, seconds=0.2) == Outcome(End.UNSURE, robot.SILENT)


def test_nobody_listening_is_a_matter_of_time(send: Any) -> None:
    assert send(free_port()) == later(robot.AWAY)


def test_an_address_off_the_list_is_not_spoken_to(server: RobotServer, settings: Any) -> None:
    settings.CHANNEL_HOSTS = {"mail": [f"{HOST}:{server.port}"], "wecom": ["qyapi.weixin.qq.com"]}

    outcome = Robot(Way(HOST, server.port, secret=KEY)).send(Batch("x"))

    assert (outcome.end, "不在本平台允许的服务器名单里" in outcome.words, server.paths) == (End.LATER, True, [])
