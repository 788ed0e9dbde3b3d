"""Where the server may connect to at all: a list of the installation, asked when saved and when sent.

What stands in a county's settings is typed by somebody; without the list it could point into the house.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from xietong.kit.errors import Refused

MAIL_PORTS = (25, 465, 587)
MOST_ADDRESSES = 3
WEB_PORTS = {"https": 443, "http": 80}


class NotListed(Refused):
    """The installation does not connect there."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the list. A mail server without a port may be reached at any of the usual ones."""

    scheme: str
    host: str
    ports: tuple[int, ...]


def listed(kind: str) -> list[Listed]:
    scheme = "smtp" if kind == "mail" else "https"
    return [entry(text, scheme) for text in settings.CHANNEL_HOSTS[kind]]


def entry(text: str, scheme: str) -> Listed:
    parts = urlsplit(text if "://" in text else f"{scheme}://{text}")
    usual = (WEB_PORTS[parts.scheme],) if parts.scheme in WEB_PORTS else MAIL_PORTS
    return Listed(parts.scheme, parts.hostname or "", (parts.port,) if parts.port else usual)


def on_list(kind: str, host: str, port: int) -> Listed:
    """The entry that allows a server.

    Raises
        NotListed: there is none.
    """
    for one in listed(kind):
        if one.host == host.lower() and port in one.ports:
            return one
    variable = "XIETONG_MAIL_HOSTS" if kind == "mail" else "XIETONG_WECOM_HOSTS"
    words = _("不能连接 %(host)s:%(port)d：它不在本平台允许的服务器名单里。请服务器管理员加入设置 %(variable)s。")
    raise NotListed(words % {"host": host, "port": port, "variable": variable})


def dial(kind: str, host: str, port: int, seconds: float) -> socket.socket:
    """A connection to a listed server, made to the very address that was looked at.

    Raises
        NotListed: it is not on the list, or its name leads into a network that is not.
        OSError: nobody answers.
    """
    on_list(kind, host, port)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    for address in addresses:
        must_be_public(host, address)
    return first_answer(addresses[:MOST_ADDRESSES], port, seconds)


def first_answer(addresses: list[str], port: int, seconds: float) -> socket.socket:
    *others, last = addresses
    for address in others:
        try:
            return socket.create_connection((address, port), seconds)
        except OSError:
            continue
    return socket.create_connection((last, port), seconds)


def must_be_public(host: str, address: str) -> None:
    """A name may lead to an inner address only if that, or its network, is listed too."""
    where = plain(address)
    if where.is_global or address == host:
        return
    if not any(where in ip_network(text) for text in settings.CHANNEL_NETWORKS):
        words = _("不能连接 %(host)s：它指向内部网络地址。确需使用的，请服务器管理员加入设置 %(variable)s。")
        raise NotListed(words % {"host": host, "variable": "XIETONG_INNER_NETWORKS"})


def plain(address: str) -> IPv4Address | IPv6Address:
    """An IPv4 address inside an IPv6 one is what it is."""
    found = ip_address(address.partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found
