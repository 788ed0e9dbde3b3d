"""What a template may not bring along: macros, objects, links that are followed by themselves, bombs."""

import re
import zipfile
from io import BytesIO

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text import package

WHOLE_BYTES = 48 * 1024 * 1024
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = re.compile(r"_rels/[^/]+\.rels$")
ACTIVE = re.compile(r"vbaproject|activex|/embeddings/|oleobject|/customui/|attachedtoolbars|/afchunk", re.IGNORECASE)
FETCHING = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|DATABASE|MACROBUTTON|IMPORT|RD)\b")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

LARGE = gettext_noop("模板解压后过大，超出处理上限；请去掉大图片后再上传。")
OTHER = gettext_noop("这不是 .docx 模板（可能是带宏的 .docm 或其他格式）；请另存为“Word 文档（.docx）”后再上传。")
MACROS = gettext_noop("模板中有宏、控件或嵌入的对象，不能使用；请删除后再上传。")
LINKS = gettext_noop("模板中有指向其他文件或网址的链接、图片或域，不能使用；请删除后再上传。")


def guard(template: bytes) -> None:
    """Refuses a file that is no harmless .docx, before anything else reads it."""
    with package.opened(template) as parts:
        names = namelist(template)
        if any(ACTIVE.search(f"/{name}") for name in names):
            raise Unreadable(MACROS)
        if parts.content_type(parts.main_part()) != MAIN:
            raise Unreadable(OTHER)
        for name in names:
            if name.endswith((".xml", ".rels")):
                look_at(parts, name)


def namelist(template: bytes) -> list[str]:
    """The names of the parts of a package that does not unpack to too much."""
    with zipfile.ZipFile(BytesIO(template)) as archive:
        if sum(each.file_size for each in archive.infolist()) > WHOLE_BYTES:
            raise Unreadable(LARGE)
        return archive.namelist()


def look_at(parts: package.Package, name: str) -> None:
    """Reads one part, which refuses a document type and entities, and looks for what fetches."""
    root = parts.tree(name)
    if root is None:
        return
    if RELATIONS.search(name):
        for each in root:
            if each.get("TargetMode") == "External" and not each.get("Type", "").endswith("/hyperlink"):
                raise Unreadable(LINKS)
    # Word may cut the code of a field into several runs.
    codes = "".join(str(each.text or "") for each in root.iter(f"{W}instrText"))
    simple = " ".join(each.get(f"{W}instr", "") for each in root.iter(f"{W}fldSimple"))
    if FETCHING.search(codes) or FETCHING.search(simple):
        raise Unreadable(LINKS)
