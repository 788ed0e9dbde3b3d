"""An uploaded template is hostile: what it may not bring along, reach or exhaust."""

from typing import Any

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.kit.official_papers import CIRCULAR, changed, repacked
from xietong.kit import sandbox
from xietong.kit.docx.official import Circular, check_template, render, standard_template
from xietong.kit.docx.official.checking import checked
from xietong.kit.docx.official.rendering import rendered

MACROS = "模板中有宏、控件或嵌入的对象，不能使用；请删除后再上传。"
LINKS = "模板中有指向其他文件或网址的链接、图片或域，不能使用；请删除后再上传。"
OTHER = "这不是 .docx 模板（可能是带宏的 .docm 或其他格式）；请另存为“Word 文档（.docx）”后再上传。"
DAMAGED = "文件不完整或已损坏；请用 Word 或 WPS 打开并另存为 .docx 后再上传。"
BROKEN = "模板中的占位符有误，不能生成文件；请在模板页面重新检查后上传。"


def refusal(template: bytes) -> str:
    """What is said of a template, the same when it is checked and when it is used."""
    said = []
    for call in (lambda: checked(template, Circular), lambda: rendered(template, CIRCULAR)):
        with pytest.raises(sandbox.Unreadable) as caught:
            call()
        said.append(caught.value.message)
    assert said[0] == said[1]
    return said[0]


def written(words: str) -> bytes:
    return changed(Circular, lambda document: document.paragraphs[0].insert_paragraph_before(words))


@pytest.mark.parametrize("data", [b"", b"no zip", standard_template(Circular)[:9000]])
def test_file_that_is_no_package_is_refused(data: bytes) -> None:
    assert refusal(data) == DAMAGED


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin", "customUI/x.xml"]
)
def test_macros_and_objects_are_refused(name: str) -> None:
    assert refusal(repacked(standard_template(Circular), {name: b"x"})) == MACROS


def test_document_with_macros_is_refused_by_its_declared_kind() -> None:
    template = repacked(
        standard_template(Circular), {},
        **{"[Content_Types]": (r"wordprocessingml\.document\.main\+xml", "wordprocessingml.template.main+xml")},
    )  # fmt: skip

    assert refusal(template) == OTHER


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "subDocument", "oleObject"])
def test_what_is_fetched_from_elsewhere_is_refused(kind: str) -> None:
    relation = (
        f'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        ' Target="http://example.org/x" TargetMode="External"/></Relationships>'
    )

    template = repacked(standard_template(Circular), {}, document=("</Relationships>", relation))

    assert refusal(template) == LINKS


def test_link_that_is_followed_by_hand_may_stay() -> None:
    def change(document: Any) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        document.part.relate_to("https://example.org", kind, is_external=True)

    assert checked(changed(Circular, change), Circular) == ()


@pytest.mark.parametrize("code", ['INCLUDETEXT "x"', 'INCLUDEPICTURE "http://x"', "DDEAUTO c", "MACROBUTTON x"])
def test_fields_that_fetch_are_refused_however_they_are_written(code: str) -> None:
    def simple(document: Any) -> None:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        document.paragraphs[0]._p.append(field)

    def cut(document: Any) -> None:
        for piece in (code[:4], code[4:]):
            run = f"<w:r {nsdecls('w')}><w:instrText>{piece.replace(chr(34), '&quot;')}</w:instrText></w:r>"
            document.sections[0].header.paragraphs[0]._p.append(parse_xml(run))

    assert (refusal(changed(Circular, simple)), refusal(changed(Circular, cut))) == (LINKS, LINKS)


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'

    assert refusal(repacked(standard_template(Circular), {}, document=("<w:document", bomb))) == DAMAGED


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    template = repacked(standard_template(Circular), {"word/media/image1.png": bytes(64 << 20)})

    assert len(template) < 200_000
    assert refusal(template) == "模板解压后过大，超出处理上限；请去掉大图片后再上传。"


@pytest.mark.parametrize(
    "words",
    [
        "{{ 标题.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ 标题['__class__'] }}",
        "{{ 正文.append(1) }}",
        "{{ 标题 | attr('__class__') }}",
        "{{ self }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% for 甲 in range(999999999) %}{% endfor %}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%999999999d' | format(1) }}",
        "{{ 标题 | center(999999999) }}",
        "{% import 'os' as os %}",
        "{% include '/etc/passwd' %}",
        "{% macro 甲() %}{% endmacro %}",
        "{% for 甲 in 正文 recursive %}{{ loop(正文) }}{% endfor %}",
        "{% for 甲 in 正文 %}" * 5 + "{% endfor %}" * 5,
        "{% filter upper %}{% endfilter %}",
        "{% set 标题 = 1 %}",
        "{{ loop.__class__ }}",
        "{{ 没有 }}",
    ],
)
def test_nothing_but_values_loops_and_conditions_can_be_said(words: str) -> None:
    assert checked(written(words), Circular) != ()
    with pytest.raises(sandbox.Unreadable) as caught:
        rendered(written(words), CIRCULAR)
    assert caught.value.message == BROKEN


def test_loop_has_nothing_but_its_numbers() -> None:
    template = written("{% for 份 in 附件 %}{{ loop.changed }}{% endfor %}")

    assert [each.values for each in checked(template, Circular)] == [{"name": "changed"}]
    with pytest.raises(sandbox.Unreadable):
        rendered(template, CIRCULAR)


def test_placeholders_of_attributes_are_confined_too() -> None:
    """Whoever edits the XML can hide a placeholder where no text is; it is refused when it is used."""
    template = repacked(
        standard_template(Circular), {}, document=("<w:tblLayout ", '<w:tblLayout x="{{ 标题.__class__ }}" ')
    )

    assert [str(each)[:6] for each in checked(template, Circular)] == ["用这个模板生"]
    with pytest.raises(sandbox.Unreadable):
        rendered(template, CIRCULAR)


def test_uploads_are_read_in_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(sandbox, "run", lambda function, *args, **limits: asked.append((function, limits["seconds"])))

    render(b"", CIRCULAR)
    check_template(b"", Circular)

    assert asked == [(rendered, 15.0), (checked, 15.0)]


def test_template_that_takes_for_ever_is_ended() -> None:
    with pytest.raises(sandbox.TooSlow):
        sandbox.run(checked, written("{{ " * 50_000), Circular, seconds=2)


def test_refusal_crosses_the_sandbox() -> None:
    with pytest.raises(sandbox.Unreadable, match="文件不完整或已损坏"):
        render(b"no zip", CIRCULAR)
