"""A changed template: every fault is named with its place, and a good change has none."""

from typing import Any

import pytest

from tests.kit.official_papers import KINDS, changed, rewritten
from xietong.kit.docx.official import Bulletin, Circular, Minutes, check_template, standard_template
from xietong.kit.docx.official.checking import checked


def faults(template: bytes, kind: Any = Circular) -> list[str]:
    return [str(each) for each in checked(template, kind)]


def added(*words: str, kind: Any = Circular) -> list[str]:
    """The faults of a template with further paragraphs at its beginning."""

    def change(document: Any) -> None:
        first = document.paragraphs[0]._p
        for each in words:
            first.addprevious(document.add_paragraph(each)._p)

    return faults(changed(kind, change), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_template_has_no_fault(kind: Any) -> None:
    assert check_template(standard_template(kind), kind) == ()


def test_unknown_name_is_told_with_its_place_and_what_was_meant() -> None:
    [fault] = check_template(rewritten(Circular, "{{ 发文字号 }}", "号：{{ 发文字好 }}"), Circular)[:1]

    assert str(fault) == "正文第 2 段（号：{{ 发文字好 }}）：不认识的占位符“发文字好”，是不是“发文字号”？"
    assert (fault.place.part, fault.place.paragraph, fault.place.table) == ("正文", 2, 0)


def test_missing_placeholder_is_told() -> None:
    assert faults(rewritten(Circular, "{{ 发文字号 }}", "第一号")) == ["缺少占位符“发文字号”，文件里不能没有它。"]
    assert faults(rewritten(Circular, "抄送：{{ 抄送 }}。", "抄送：县委。")) == []


def test_fault_in_a_table_is_told_by_row_and_cell() -> None:
    assert faults(rewritten(Circular, "{{ 印发机关 }}", "{{ 印发部门 }}"))[0] == (
        "正文第 2 个表格第 4 行第 1 格（{{ 印发部门 }}{{ 印发日期 }}）：不认识的占位符“印发部门”，是不是“印发机关”？"
    )


def test_fault_in_a_foot_is_told_as_such() -> None:
    assert faults(rewritten(Circular, "{{ 校验码 }}", "{{ 校验吗 }}")) == [
        "页脚第 1 段（校验码：{{ 校验吗 }}— 1 —）：不认识的占位符“校验吗”，是不是“校验码”？",
        "页脚第 1 段（— 1 —校验码：{{ 校验吗 }}）：不认识的占位符“校验吗”，是不是“校验码”？",
        "缺少占位符“校验码”，文件里不能没有它。",
    ]


@pytest.mark.parametrize("foot", ["footer", "even_page_footer"])
def test_check_code_has_to_stand_on_every_page(foot: str) -> None:
    def change(document: Any) -> None:
        for run in getattr(document.sections[0], foot).paragraphs[0].runs:
            run.text = run.text.replace("{{ 校验码 }}", "")

    assert faults(changed(Circular, change)) == ["每一页的页眉或页脚都要有占位符“校验码”，有的页没有。"]


def test_check_code_in_the_header_or_of_an_earlier_section_will_do() -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        for header, footer in (
            (section.header, section.footer),
            (section.even_page_header, section.even_page_footer),
        ):
            header.paragraphs[0].add_run("{{ 校验码 }}")
            footer.paragraphs[0].clear()
        document.add_section()

    assert faults(changed(Circular, change)) == []


def test_check_code_is_missed_on_a_first_page_of_its_own() -> None:
    def change(document: Any) -> None:
        document.sections[0].different_first_page_header_footer = True

    assert faults(changed(Circular, change)) == ["每一页的页眉或页脚都要有占位符“校验码”，有的页没有。"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ 标题 ", "占位符没有写完：花括号“{{”不成对。"),
        ("标题 }}", "占位符没有写完：花括号“}}”不成对。"),
        ("{{ 标题 {{ 署名 }}", "占位符没有写完：花括号“{{ 标题 {{ 署名 }}”不成对。"),
        ("｛｛ 标题 ｝｝", "占位符要用半角花括号，这里是全角的“｛｛”。"),
        ("{{ 标题 ｝｝", "占位符没有写完：花括号“{{”不成对。"),
        ("{{ 标 题 }}", "“{{ 标 题 }}”的写法有误，或用了模板中不能用的写法。"),
        ("{{ 标题.文字 }}", "不认识的占位符“文字”。"),
        ("{{r 标题 }}", "“{{r 标题 }}”的写法有误，或用了模板中不能用的写法。"),
        ("{{ 标题.__class__ }}", "不认识的占位符“__class__”。"),
        ("{{ 标题.upper() }}", "“{{ 标题.upper() }}”的写法有误，或用了模板中不能用的写法。"),
        ("{{ '九' * 99 }}", "“{{ '九' * 99 }}”的写法有误，或用了模板中不能用的写法。"),
        ("{{ 标题|map('x') }}", "“{{ 标题|map('x') }}”的写法有误，或用了模板中不能用的写法。"),
        ("{% set 甲 = 1 %}", "“{% set 甲 = 1 %}”的写法有误，或用了模板中不能用的写法。"),
        ("{% include '/etc/passwd' %}", "“{% include '/etc/passwd' %}”的写法有误，或用了模板中不能用的写法。"),
        ("{% for %}", "“{% for %}”的写法有误，或用了模板中不能用的写法。"),
        ("{% %}", "“{% %}”的写法有误，或用了模板中不能用的写法。"),
        ("{% endif %}", "“{% endif %}”前面没有对应的开头。"),
        ("{% else %}", "“{% else %}”前面没有对应的开头。"),
        ("{{ 正文 }}", "“正文”有多项内容，要用 for 逐项列出。"),
        ("{{ 附件[0] }}", "“附件[0]”有多项内容，要用 for 逐项列出。"),
    ],
)
def test_broken_placeholder_is_told_with_the_words_around_it(words: str, said: str) -> None:
    found = added(f"前{words}后")

    assert found[0] == f"正文第 1 段（前{words}后）：{said}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["{%p if 抄送 %}"], "“{%p if 抄送 %}”没有结束，缺少“{%p endif %}”。"),
        (["{%p for 份 in 附件 %}"], "“{%p for 份 in 附件 %}”没有结束，缺少“{%p endfor %}”。"),
        (["{% if 抄送 %}", "有{% endif %}"], "“{% endif %}”和它的开头“{% if 抄送 %}”不在同一处"),
        (["{%p if 抄送 %}", "有{% endif %}"], "“{% endif %}”和它的开头“{%p if 抄送 %}”不在同一处"),
        (["{%p if 抄送 %}送", "{%p endif %}"], "“{%p if 抄送 %}”要单独占一段、一格或一行"),
        (["{%tr if 抄送 %}", "{%tr endif %}"], "“{%tr if 抄送 %}”要单独占一段、一格或一行"),
        (["{%p for 字 in 标题 %}", "{%p endfor %}"], "“标题”只有一项内容，不能用 for 逐项列出。"),
        (["{%p for 份 in 附件 %}", "{{ 份.名 }}", "{%p endfor %}"], "不认识的占位符“名”，是不是“名称”？"),
        (["{%p for 份 in 附件 %}", "{%p endfor %}", "{{ 份.名称 }}"], "不认识的占位符“份”。"),
        (["{%p if 抄 %}", "{%p endif %}"], "不认识的占位符“抄”，是不是“抄送”？"),
        (["{%p if 抄送 %}", "{%p elif 送 %}", "{%p endif %}"], "不认识的占位符“送”，是不是“抄送”？"),
        (["{%p if 抄送 %}", "{%p elif 抄送 抄送 %}", "{%p endif %}"], "“{%p elif 抄送 抄送 %}”的写法有误"),
        (["{%p for 甲, 乙 in 附件 %}", "{{ 甲 }}", "{%p endfor %}"], "“{%p for 甲, 乙 in 附件 %}”的写法有误"),
        (["{{ 附件[甲].名称 }}"], "不认识的占位符“甲”。"),
        (["{{ 附件[0]['名'] }}"], "不认识的占位符“名”，是不是“名称”？"),
    ],
)
def test_broken_loop_or_condition_is_told(words: list[str], said: str) -> None:
    assert said in added(*words)[0]


def test_unknown_list_is_told_once_and_not_for_everything_below_it() -> None:
    assert added("{%p for 份 in 附近 %}", "{{ 份.名称 }}", "{%p endfor %}") == [
        "正文第 1 段（{%p for 份 in 附近 %}）：不认识的占位符“附近”，是不是“附件”？"
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["{{ 标题 }}{# 说明 #}"],
        ["{% if 抄送 == “县委” %}县委{% else %}{{ 抄送 | default('无') }}{% endif %}"],
        ["{%p for 份 in 附件 %}", "{{ loop.index }}. {{ 份['名称'] }}", "{%p endfor %}"],
        ["{% for 份 in 附件 %}{{ 份.名称 }}{% if not loop.last %}、{% endif %}{% endfor %}"],
        ["{{ 附件 | length }}"],
    ],
)
def test_good_change_has_no_fault(words: list[str]) -> None:
    assert added(*words) == []


def test_loop_of_the_body_has_to_show_every_sort_of_block() -> None:
    assert faults(rewritten(Circular, "{{ 块.图 }}", "图")) == [
        "“正文”的循环里没有“图”，这部分内容不会出现在文件里。"
    ]


def test_names_of_another_kind_are_unknown() -> None:
    assert "正文第 1 段（{{ 简报名称 }}）：不认识的占位符“简报名称”。" in faults(standard_template(Bulletin), Minutes)


def test_placeholder_in_a_box_or_in_notes_is_found() -> None:
    def change(document: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        boxed = "<w:txbxContent><w:p><w:r><w:t>{{ 框内 }}</w:t></w:r></w:p></w:txbxContent>"
        compat = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        document.paragraphs[1]._p.append(
            parse_xml(
                f"<w:r {nsdecls('w')} {compat}><mc:AlternateContent><mc:Choice Requires='w'>{boxed}</mc:Choice>"
                f"<mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r>"
            )
        )

    assert faults(changed(Circular, change)) == ["正文第 3 段（{{ 框内 }}）：不认识的占位符“框内”。"]


def test_template_that_only_a_trial_shows_to_be_broken_is_refused() -> None:
    def change(document: Any) -> None:
        document.tables[0]._tbl.remove(document.tables[0]._tbl.tblGrid)

    assert faults(changed(Circular, change)) == [
        "用这个模板生成不了文件；请从标准模板重新改起，或逐步改动、逐步检查。"
    ]


def test_faults_are_told_in_the_language_of_the_reader() -> None:
    from django.utils import translation

    [fault] = checked(rewritten(Circular, "{{ 发文字号 }}", "第一号"), Circular)

    with translation.override("en"):
        assert str(fault) == "The placeholder “发文字号” is missing; the document cannot be without it."
