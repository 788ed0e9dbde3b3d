"""Where the server connects to: what is listed, at the address that was looked at, and not into the house."""

import socket
from typing import Any

import pytest

from tests.kit.channel_servers import HOST, free_port
from xietong.kit.notices.channels.hosts import NotListed, dial, on_list


@pytest.fixture
def allow(settings: Any) -> Any:
    def allowed(*hosts: str, networks: tuple[str, ...] = ()) -> None:
        settings.CHANNEL_HOSTS = {"mail": list(hosts), "wecom": list(hosts)}
        settings.CHANNEL_NETWORKS = list(networks)

    return allowed


def lead(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[tuple[str, int]]:
    """Every name leads to these addresses; the list of what was connected to grows."""
    tried: list[tuple[str, int]] = []

    def look_up(_host: str, port: int, **_kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    def connect(where: tuple[str, int], _seconds: float) -> str:
        tried.append(where)
        if where[0].endswith(".9"):
            raise ConnectionRefusedError
        return "connection"

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    return tried


@pytest.mark.parametrize(
    ("kind", "host", "port"),
    [
        ("mail", "smtp.example.cn", 25),
        ("mail", "SMTP.example.cn", 465),
        ("mail", "smtp.example.cn", 587),
        ("wecom", "smtp.example.cn", 443),
    ],
)
def test_a_listed_host_may_be_reached_at_the_usual_ports(kind: str, host: str, port: int, allow: Any) -> None:
    allow("smtp.example.cn")

    assert on_list(kind, host, port).host == "smtp.example.cn"


@pytest.mark.parametrize(
    ("kind", "host", "port"),
    [
        ("mail", "smtp.example.cn", 22),
        ("mail", "smtp.example.cn.evil.example", 465),
        ("mail", "other.example.cn", 465),
        ("mail", "127.0.0.1", 465),
        ("wecom", "smtp.example.cn", 80),
        ("wecom", "smtp.example.cn", 6379),
    ],
)
def test_anything_else_is_refused_with_a_sentence(kind: str, host: str, port: int, allow: Any) -> None:
    allow("smtp.example.cn")

    with pytest.raises(NotListed, match=f"不能连接 {host}:{port}：它不在本平台允许的服务器名单里。"):
        on_list(kind, host, port)


def test_a_listed_port_is_the_only_one(allow: Any) -> None:
    allow("smtp.example.cn:2525")

    assert on_list("mail", "smtp.example.cn", 2525).ports == (2525,)
    with pytest.raises(NotListed):
        on_list("mail", "smtp.example.cn", 465)


def test_nothing_but_wecom_is_listed_unless_told(settings: Any) -> None:
    assert on_list("wecom", "qyapi.weixin.qq.com", 443).scheme == "https"
    assert settings.CHANNEL_HOSTS["mail"] == []
    assert settings.CHANNEL_NETWORKS == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "::1", "fd00::1",
     "fe80::1%eth0", "::ffff:10.1.2.3", "0.0.0.0"],
)  # fmt: skip
def test_a_listed_name_that_leads_into_the_house_is_refused(
    address: str, allow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow("smtp.example.cn")
    tried = lead(monkeypatch, "8.8.8.8", address)

    with pytest.raises(NotListed, match="它指向内部网络地址"):
        dial("mail", "smtp.example.cn", 465, 1)
    assert tried == []


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_a_listed_name_that_leads_to_the_world_is_connected_to(
    address: str, allow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow("smtp.example.cn")
    tried = lead(monkeypatch, address)

    dial("mail", "smtp.example.cn", 465, 1)

    assert tried == [(address, 465)]


def test_a_network_that_is_listed_too_may_be_reached(allow: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    allow("smtp.county.example", networks=("10.20.0.0/16",))
    tried = lead(monkeypatch, "10.20.3.4")

    dial("mail", "smtp.county.example", 25, 1)

    assert tried == [("10.20.3.4", 25)]


def test_the_address_that_was_looked_at_is_connected_to(allow: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next one where the first does not answer; the name is not looked up a second time."""
    allow("smtp.example.cn")
    tried = lead(monkeypatch, "8.8.8.9", "8.8.4.4")

    dial("mail", "smtp.example.cn", 465, 1)

    assert tried == [("8.8.8.9", 465), ("8.8.4.4", 465)]


def test_an_address_that_is_listed_itself_may_be_reached(allow: Any) -> None:
    port = free_port()
    allow(f"{HOST}:{port}")

    with pytest.raises(ConnectionRefusedError):
        dial("mail", HOST, port, 1)
