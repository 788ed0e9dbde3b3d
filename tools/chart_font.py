"""Fetches Noto Sans SC and cuts out of it what `kit.docx` draws charts with, and rewrites the lock beside it.

For maintainers only (`make vendor`): the cut is kept in the repository. Kept are the characters of GB 2312, of
letters, figures and punctuation, and those of names that GB 2312 lacks. Running it twice changes nothing.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "xietong" / "kit" / "docx" / "data"
PACKAGE, VERSION = "@expo-google-fonts/noto-sans-sc", "0.4.3"
CUTTER = "fonttools==4.60.1"
FACE, LICENCE = "package/400Regular/NotoSansSC_400Regular.ttf", "package/LICENSE_FONT"
FILE, LICENCE_FILE, LOCK = "NotoSansSC-cut.ttf", "NotoSansSC.LICENSE.txt", "font.lock.json"
NAMES = "喆堃珺昇赟玥婳璟翀頔彧祎晞琤瑀璠燊犇禛竑翾芃莀虓褀諵赪鋆镕阇韡飏"
MARKS = "·—–…‘’“”〔〕％‰℃①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ²³"
DROPPED = ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF", "DSIG", "STAT", "MVAR", "HVAR", "fvar", "gvar"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = fetched(Path(folder))
        (DATA / LICENCE_FILE).write_bytes(member(archive, LICENCE))
        (DATA / FILE).write_bytes(cut(Path(folder), member(archive, FACE)))
    digest = hashlib.sha256((DATA / FILE).read_bytes()).hexdigest()
    entry = {"name": PACKAGE, "version": VERSION, "file": FILE, "sha256": digest}
    lock = [entry | {"licence": "OFL-1.1", "licence_file": LICENCE_FILE}]
    (DATA / LOCK).write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def fetched(folder: Path) -> tarfile.TarFile:
    command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}", "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return tarfile.open(next(folder.glob("*.tgz")))


def member(archive: tarfile.TarFile, name: str) -> bytes:
    found = archive.extractfile(name)
    if found is None:
        raise FileNotFoundError(name)
    return found.read()


def cut(folder: Path, face: bytes) -> bytes:
    """The face with the wanted characters alone, by a tool that is installed for this once."""
    tool, whole, made = folder / "tool", folder / "whole.ttf", folder / "cut.ttf"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", tool, CUTTER], check=True)
    whole.write_bytes(face)
    (folder / "characters.txt").write_text(characters(), encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "fontTools.subset",
        whole,
        f"--text-file={folder / 'characters.txt'}",
    ]
    command += ["--no-hinting", "--layout-features=", f"--drop-tables+={','.join(DROPPED)}", f"--output-file={made}"]
    command += ["--no-recalc-timestamp", "--name-IDs=0,1,2,3,4,5,6,13,14", "--notdef-outline"]
    subprocess.run(command, check=True, env={"PYTHONPATH": str(tool), "PATH": "/usr/bin:/bin"})
    return made.read_bytes()


def characters() -> str:
    """GB 2312 row by row, ASCII, and what it lacks."""
    found = {chr(code) for code in range(0x20, 0x7F)} | set(MARKS) | set(NAMES)
    for row in range(0xA1, 0xF8):
        found |= set(bytes(code for cell in range(0xA1, 0xFF) for code in (row, cell)).decode("gb2312", "ignore"))
    return "".join(sorted(found - {"�"}))


if __name__ == "__main__":
    main()
