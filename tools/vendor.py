"""Fetches the third-party front-end files with `npm pack` and rewrites the lock beside them.

For maintainers only (`make vendor`): the files are kept in the repository, so that nobody else needs
npm or a network. Running it twice changes nothing.
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parents[1] / "src" / "xietong" / "kit" / "pages"
VENDOR = PAGES / "static" / "vendor"
ICON_FOLDER = PAGES / "icons"
LOCK = VENDOR / "vendor.lock.json"

SOURCE_MAP = re.compile(r"\n?(//|/\*)# sourceMappingURL=\S+?( ?\*/)?\s*$")
DATA_IMAGE = re.compile(r'url\("data:[^"]*"\)')
ICON_FRAME = re.compile(r"<svg[^>]*>|<path stroke=\"none\" d=\"M0 0h24v24H0z\" fill=\"none\" />")

TABLER_LICENCE = """The MIT License (MIT)

Copyright (c) 2018-2026 The Tabler Authors
Copyright (c) 2011-2026 The Bootstrap Authors (parts of tabler.min.css and tabler.min.js)
Copyright (c) 2019 Federico Zivolo (Popper, part of tabler.min.js)

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.
"""

ICONS = """
adjustments-horizontal alert-circle alert-triangle archive arrow-back-up arrow-left arrow-narrow-down
arrow-narrow-up arrows-exchange arrows-sort ban bell bookmark book-2 building building-bank
building-community calendar calendar-event camera cash certificate chart-bar check checklist chevron-down
chevron-left chevron-right circle-check circle-x clipboard-check clipboard-list clock cloud-upload
columns-3 copy device-mobile devices dots download edit external-link eye file file-export file-import
file-spreadsheet file-text file-zip filter flag help-circle history home inbox info-circle key language
layout-sidebar-left-collapse layout-sidebar-left-expand link list-check list-details lock logout mail
map-pin menu-2 message-report minus music paperclip pencil phone photo pin player-play plus presentation
printer refresh report-analytics school scale search send settings shield-check signature square-check
stack-2 target text-size trash trending-up upload user user-check user-plus users users-group video
wifi-off x
"""


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    licence: str
    licence_file: str
    files: dict[str, str]
    licence_member: str = ""
    licence_text: str = ""
    notice_member: str = ""


PACKAGES = (
    Package(
        "htmx.org",
        "4.0.1",
        "0BSD",
        "htmx.LICENSE.txt",
        {"dist/htmx.min.js": "htmx.min.js"},
        licence_member="LICENSE",
    ),
    Package(
        "@tabler/core",
        "1.6.1",
        "MIT",
        "tabler.LICENSE.txt",
        {"dist/css/tabler.min.css": "tabler.min.css", "dist/js/tabler.min.js": "tabler.min.js"},
        licence_text=TABLER_LICENCE,
    ),
    Package(
        "echarts",
        "6.1.0",
        "Apache-2.0",
        "echarts.LICENSE.txt",
        {"dist/echarts.common.min.js": "echarts.min.js"},
        licence_member="LICENSE",
        notice_member="NOTICE",
    ),
    Package("@tabler/icons", "3.51.0", "MIT", "tabler-icons.LICENSE.txt", {}, licence_member="LICENSE"),
)


def main() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    lock = []
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            with tarfile.open(packed(package, Path(folder))) as archive:
                lock += extracted(package, archive)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
    print(f"{len(lock)} entries in {LOCK}")


def packed(package: Package, folder: Path) -> Path:
    """The archive that the registry serves for this version."""
    command = ["npm", "pack", f"{package.name}@{package.version}", "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return folder / done.stdout.strip().splitlines()[-1]


def extracted(package: Package, archive: tarfile.TarFile) -> list[dict[str, str]]:
    """Writes the files and the licence of one package; returns its entries of the lock."""
    licence = package.licence_text or member(archive, package.licence_member)
    if package.notice_member:
        licence = f"{member(archive, package.notice_member)}\n{licence}"
    (VENDOR / package.licence_file).write_text(licence, encoding="utf-8")
    if not package.files:
        return [entry(package, "../../icons", icons_digest(write_icons(archive)))]
    entries = []
    for inside, name in package.files.items():
        content = stripped(member(archive, inside)).encode()
        (VENDOR / name).write_bytes(content)
        entries.append(entry(package, name, hashlib.sha256(content).hexdigest()))
    return entries


def stripped(text: str) -> str:
    """Without what our pages may not load: source maps, and pictures from data: addresses (security policy)."""
    return DATA_IMAGE.sub("none", SOURCE_MAP.sub("\n", text))


def member(archive: tarfile.TarFile, name: str) -> str:
    found = archive.extractfile(f"package/{name}")
    if found is None:
        raise FileNotFoundError(name)
    return found.read().decode()


def entry(package: Package, file: str, digest: str) -> dict[str, str]:
    return {
        "name": package.name,
        "version": package.version,
        "file": file,
        "sha256": digest,
        "licence": package.licence,
        "licence_file": package.licence_file,
    }


def write_icons(archive: tarfile.TarFile) -> Path:
    """Writes the icons in use, each one line; drops those no longer listed."""
    names = ICONS.split()
    ICON_FOLDER.mkdir(exist_ok=True)
    for old in ICON_FOLDER.glob("*.svg"):
        if old.stem not in names:
            old.unlink()
    for name in names:
        drawing = ICON_FRAME.sub("", " ".join(member(archive, f"icons/outline/{name}.svg").split()))
        (ICON_FOLDER / f"{name}.svg").write_text(framed(drawing.removesuffix("</svg>")), encoding="utf-8")
    return ICON_FOLDER


def framed(shapes: str) -> str:
    """An icon takes its colour and size from the text around it and is silent to screen readers."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{shapes.replace('> <', '><').strip()}</svg>\n"
    )


def icons_digest(folder: Path) -> str:
    """One digest over all icons: their names and contents in order."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.svg")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
