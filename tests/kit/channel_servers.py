"""Servers on this machine that behave like those of the world: one for mail, one like the robot of WeCom."""

import base64
import json
import socket
import socketserver
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "127.0.0.1"
KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
USER, PASSWORD = "tixing@yunling.example", "xk2 shouquanma"


def certificate(folder: Path) -> Path:
    """A certificate that vouches for itself, with its key, as an intranet has them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.IPAddress(ip_address(HOST)), x509.DNSName("localhost")]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


def tls(path: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@dataclass
class MailServer:
    """What it says to a command in place of yes; `silent_at` is the command that it never answers."""

    replies: dict[str, str] = field(default_factory=dict)
    silent_at: str = ""
    leaves_at: str = ""
    starttls: ssl.SSLContext | None = None
    port: int = 0
    mails: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    @property
    def texts(self) -> list[str]:
        return [mail.get_content() for _sender, _to, mail in self.mails]


class Talk(socketserver.StreamRequestHandler):
    """One conversation of SMTP."""

    server: Any

    def handle(self) -> None:
        self.plays: MailServer = self.server.plays
        self.sender = self.to = ""
        self.say("CONNECT", "220 mail.example ESMTP")
        try:
            self.converse()
        finally:
            # Encrypted meanwhile, it is no longer the one that the library closes.
            self.connection.close()

    def converse(self) -> None:
        while line := self.rfile.readline():
            text = line.decode().strip()
            verb = text.split(" ", maxsplit=1)[0].split(":")[0].upper()
            self.plays.said.append(verb)
            if self.plays.leaves_at == verb:
                return
            self.act(verb, text)
            if verb == "QUIT":
                return

    def act(self, verb: str, text: str) -> None:
        if verb == "MAIL":
            self.sender = between(text)
        if verb == "RCPT":
            self.to = between(text)
        self.say(verb, self.usual(verb, text))
        if verb == "STARTTLS" and self.plays.starttls:
            self.connection = self.plays.starttls.wrap_socket(self.connection, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)
        if verb == "DATA" and "DATA" not in self.plays.replies:
            self.take()

    def usual(self, verb: str, text: str) -> str:
        if verb == "EHLO":
            offers = ["mail.example", *(["STARTTLS"] if self.plays.starttls else []), "AUTH PLAIN"]
            return "\r\n".join([*(f"250-{one}" for one in offers), "250 8BITMIME"])
        if verb == "AUTH":
            good = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
            return "235 ok" if text.endswith(good) else "535 authentication failed"
        return {"STARTTLS": "220 go on", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok")

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()).strip() != b".":
            lines.append(line[1:] if line.startswith(b"..") else line)
        if "END" not in self.plays.replies:
            made = message_from_bytes(b"".join(lines), policy=policy.default)
            self.plays.mails.append((self.sender, self.to, made))
        self.say("END", "250 queued")

    def say(self, verb: str, usual: str) -> None:
        if self.plays.silent_at == verb:
            self.plays.over.wait()
            return
        self.wfile.write(f"{self.plays.replies.get(verb, usual)}\r\n".encode())


def between(text: str) -> str:
    return text.partition("<")[2].partition(">")[0]


class Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, or does not trust the certificate, is part of the play."""


@contextmanager
def mail_server(plays: MailServer, *, wrapped: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    server = Listening((HOST, 0), Talk)
    server.plays = plays  # type: ignore[attr-defined]
    with running(server, wrapped) as plays.port:
        yield plays
        plays.over.set()


@contextmanager
def running(server: Any, wrapped: ssl.SSLContext | None) -> Iterator[int]:
    if wrapped:
        server.socket = wrapped.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class RobotServer:
    """Takes texts for one key, twenty a minute; or answers what it is told to."""

    status: int = 200
    body: str = ""
    location: str = ""
    seconds: float = 0.0
    port: int = 0
    texts: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def answer(self, path: str, body: bytes) -> dict[str, Any]:
        self.paths.append(path)
        if parse_qs(urlsplit(path).query).get("key") != [KEY]:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        asked = json.loads(body)
        if asked["msgtype"] != "text" or len(asked["text"]["content"].encode()) > 2048:
            return {"errcode": 40058, "errmsg": "text.content exceed max length 2048"}
        if len(self.texts) >= 20:
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        self.texts.append(asked["text"]["content"])
        return {"errcode": 0, "errmsg": "ok"}


class Post(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        plays: RobotServer = self.server.plays
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(plays.seconds)
        said = plays.body or json.dumps(plays.answer(self.path, asked))
        self.send_response(plays.status)
        if plays.location:
            self.send_header("Location", plays.location)
        self.send_header("Content-Length", str(len(said.encode())))
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_args: Any) -> None:
        """Not into the output of the tests."""


class Serving(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not wait is part of the play."""


@contextmanager
def robot_server(plays: RobotServer, *, wrapped: ssl.SSLContext | None = None) -> Iterator[RobotServer]:
    server = Serving((HOST, 0), Post)
    server.plays = plays  # type: ignore[attr-defined]
    with running(server, wrapped) as plays.port:
        yield plays


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
