"""People who hand in files, what they hand in, and the calls that a browser makes for them."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.test import RequestFactory
from PIL import Image

from xietong.kit.access.permissions import PERMISSIONS, Permission
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.models import Holiday
from xietong.kit.files import uploading, views
from xietong.kit.files.models import Upload, Usage
from xietong.kit.files.owners import OWNERS, register_owner

NOW = datetime.now(UTC)  # the views read the machine's clock
HERE, THERE = 1, 2
OWNER = "tests.holiday"
ROOM = 600 * 1024

CLERK = Actor(account_id=11, name="曾小雨", role="reader", county_id=HERE)
COLLEAGUE = Actor(account_id=12, name="李兰", role="reader", county_id=HERE)
NEIGHBOUR = Actor(account_id=21, name="吴江", role="reader", county_id=THERE)
UNIVERSITY = Actor(account_id=31, name="单一鸣", role="reader")

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TEXT = "学校名称,人数\n第一小学,12\n".encode()


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty place for files."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def small_disk(store: Path) -> Iterator[Path]:
    """A store on a disk of 600 KB."""
    store.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(store)]
    if os.geteuid() or subprocess.run(options, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield store
    subprocess.run(["umount", "--lazy", str(store)], check=True)


@pytest.fixture
def owner() -> Iterator[Holiday]:
    """A row of the first county that files may hang on; readers of its county see it."""
    permission = Permission("tests.view_holiday", Holiday, {"reader": lambda actor: Q(county_id=actor.county_id)})
    register_owner(OWNER, permission)
    yield Holiday.objects.create(county_id=HERE, on=NOW.date(), is_work=False, name="校庆")
    del OWNERS[OWNER], PERMISSIONS[permission.code]


def stored(root: Path) -> list[Path]:
    """Every file in the store, finished or not."""
    return sorted(path for path in root.rglob("*") if path.is_file())


def picture(width: int = 60, height: int = 30, form: str = "JPEG", **options: Any) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), (220, 20, 20))
    image.paste((20, 20, 220), (width // 2, 0, width, height))
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def where_and_by_whom(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "PHOTOGRAPHER"
    exif.get_ifd(0x8825)[2] = (28.0, 50.0, 12.0)
    return exif


def workbook() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def posted(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def begin(data: bytes, *, name: str = "说明.pdf", actor: Actor = CLERK) -> Upload:
    return uploading.begin(actor, name=name, size=len(data), now=NOW)


def hand_in(data: bytes, *, name: str = "说明.pdf", actor: Actor = CLERK) -> Upload:
    """A finished upload."""
    upload = begin(data, name=name, actor=actor)
    return uploading.receive(actor, upload.pk, offset=0, data=data, now=NOW)


def start(*, name: str = "说明.pdf", size: object, actor: Actor = CLERK) -> Any:
    request = RequestFactory().post("/", {"name": name, "size": size})
    request.actor = actor
    return views.upload_start(request)


def put(pk: str, data: bytes, offset: object, *, actor: Actor = CLERK) -> Any:
    return call(pk, actor, "PUT", data=data, headers={"Upload-Offset": str(offset)})


def get(pk: str, *, actor: Actor = CLERK) -> Any:
    return call(pk, actor, "GET")


def delete(pk: str, *, actor: Actor = CLERK) -> Any:
    return call(pk, actor, "DELETE")


def call(pk: str, actor: Actor, method: str, **options: Any) -> Any:
    request = RequestFactory().generic(method, "/", **options)
    request.actor = actor
    return views.upload(request, pk)


def said(response: Any) -> tuple[int, Any]:
    return response.status_code, json.loads(response.content)


def used(county_id: int = HERE) -> int:
    """What is counted for a county."""
    row = Usage.objects.filter(county_id=county_id).first()
    return row.used if row else 0


def other_process(program: str, files_root: Path, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
    """A program in a process of its own, on this test's database and store."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "xietong.web.settings",
        "DATABASE_URL": database_url(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + program, str(files_root), *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


PREAMBLE = """
import os, sys
import django
from django.conf import settings
settings.FILES_ROOT = sys.argv[1]
django.setup()
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import machine_now
"""


def database_url() -> str:
    """The address of the test's own database."""
    it = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{it['NAME']}"
    return f"postgres://{it['USER']}:{it['PASSWORD']}@{it['HOST']}:{it['PORT']}/{it['NAME']}"
