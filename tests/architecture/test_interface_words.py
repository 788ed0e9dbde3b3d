"""Every word that a person reads goes through the catalogue, so that the English interface is English.

Chinese text in code stands inside a call of gettext, Chinese text in a template inside `translate` or
`blocktranslate`. What else is Chinese is data, and is listed here with its reason.
"""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

SOURCE = Path(__file__).resolve().parents[2] / "src" / "xietong"
CHINESE = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
# Whatever stands in such a call goes to the catalogue, or is a table of a national standard.
EXEMPT = re.compile(r"(.*\.)?(_|n?p?gettext(_lazy|_noop)?)|CodeTable\.of|SchoolKind")

MODULES = {
    "areas/*/migrations/*.py": "what a model was called at the time",
    "kit/*/migrations/*.py": "what a model was called at the time",
    "web/demonstration/*.py": "names, titles and texts of an invented county: data",
    "areas/plans/rules/reader/*.py": "the words of action plans, and their listing on the command line",
    "areas/plans/rules/rhythms.py": "names of periods as official papers write them",
    "areas/dispatch/rules/months.py": "names of months as official papers write them",
    "areas/dispatch/rules/numbering.py": "how official papers are numbered",
    "areas/indicators/rules/formula/units.py": "names of units: data",
    "areas/dispatch/documents/*.py": "words and marks of documents, which are Chinese",
    "areas/orgs/rules/exports.py": "how exports write grades, classes and years: data",
    "areas/people/rules/pinyin.py": "surnames",
    "areas/people/rules/subjects.py": "words of exports and names of majors; the names of subjects are marked",
    "web/commands/quant/headers.py": "how files name columns and grades: data",
    "kit/keys/*.py": "faults of the keyring: read on the server's command line and in its log",
    "areas/*/sheets.py": "workbooks are Chinese, as are those who fill them",
    "areas/*/sheets/*.py": "the same",
    "kit/sheets/*.py": "the words of workbooks; what is said of them is marked",
    "kit/docx/official/standard/*.py": "words of templates, which are Chinese",
    "kit/docx/official/content.py": "names of placeholders, as offices write them into templates",
    "kit/docx/official/context.py": "the same, and the numbers of headings",
    "kit/docx/official/lacking.py": "the same",
    "kit/docx/official/sample.py": "the same, and a document for trial",
    "kit/docx/official/title.py": "words and marks of titles",
    "kit/docx/official/fitting.py": "names of styles of templates",
    "kit/docx/official/marks.py": "marks that a Chinese input method types",
    "kit/text/joining.py": "marks and numerals of official papers",
    "kit/text/running.py": "numbers of pages as they are printed",
    "kit/text/encoding.py": "characters that tell one encoding from another",
    "kit/text/pieces.py": "ranges of Chinese characters",
    "kit/text/counting.py": "numerals of automatic numbering",
}
MARKED = {"areas/plans/rules/reader/cautions.py": "what the pages show of the reader"}
LITERALS: dict[str, tuple[str, set[str]]] = {
    "areas/orgs/rules/codes.py": ("what a Chinese input method types", {"０１２３４５６７８９"}),
    "areas/orgs/rules/calendar.py": (
        "school years and terms as official papers write them",
        {r"([0-9]{4})\s*[-—–~～－至/]{1,2}\s*([0-9]{4})\s*(?:学年度?)?", "第一学期", "第二学期", "学年"},
    ),
    "areas/orgs/forms/structure.py": ("what may stand between two names that somebody types", {"、", "，"}),
    "areas/orgs/views/structure.py": ("the same, filled in", {"、"}),
    "kit/forms/answer.py": ("the same, filled in", {"、"}),
    "areas/indicators/rules/formula/tokens.py": ("what a Chinese input method types", {"×∗÷∕−–—、【】≦≧⩽⩾"}),
    "areas/indicators/rules/formula/explaining.py": ("marks of a formula", {"（", "）", "、"}),
    "areas/people/rules/identity.py": ("what a Chinese input method types", {"０１２３４５６７８９Ｘｘ＋－"}),
    "areas/people/actions/transfers.py": ("prose of the record", {"调往"}),
    "areas/plans/actions/importing.py": (
        "titles of tasks, words of the file: data",
        {"。.：: \n", "：", "制定", "；"},
    ),
    "areas/plans/actions/noticing.py": ("between names as in the text: data", {"、"}),
    "areas/plans/actions/outlining.py": ("marks between heading and words: data", {"。.：: \n"}),
    "areas/plans/rules/outlining.py": ("numbers of rows: data", {"·续"}),
    "areas/plans/rules/sentences.py": ("marks that close a quotation", {"\"'”’」』)]》"}),
    "areas/plans/actions/breakdown.py": ("a word of workbooks", {"是"}),
    "areas/plans/actions/mechanisms.py": ("how the names of rules end: data", {"机制", "办法", "制度"}),
    "areas/plans/actions/issuing.py": ("between titles of tasks: data", {"；"}),
    "areas/plans/actions/changing.py": ("between kind and task in a title: data", {"："}),
    "areas/plans/actions/instructing.py": ("between leader and words, both data", {"："}),
    "areas/dispatch/queries/schedule.py": ("words that a county enters into its rules", {"顺延", "提前", "不调整"}),
    "areas/dispatch/rules/upward.py": ("what a Chinese input method types", {"％"}),
    "areas/dispatch/rules/snapshots.py": ("room between the cells of a line: data", {"　"}),
    "areas/dispatch/templates/dispatch/document_text.html": (
        "words of a document, which is Chinese",
        {"；", "：", "（未编号）", "出席", "列席", "请假"},
    ),
    "areas/plans/actions/pressing.py": ("between what was written and titles of tasks: data", {"：", "；", "　"}),
    "areas/plans/documents/breakdown.py": ("between names in a document, which is Chinese", {"、", "，", "　"}),
    "areas/plans/documents/briefing.py": ("marks of a document, which is Chinese", {"（", "）", "，"}),
    "areas/plans/documents/packing.py": ("room between facts in a document, which is Chinese", {"　"}),
    "areas/plans/documents/pressing.py": ("marks of a text that is Chinese", {"；", "　"}),
    "kit/blanks/papers.py": ("names of the tables of a form: data", {"表格"}),
    "kit/docx/layout.py": ("names of fonts", {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"}),
    "kit/docx/sheet.py": ("room between places to sign", {"　　　　　"}),
    "kit/accounts/actor.py": ("how a record names a deputy", {"（代", "）"}),
    "kit/clock/calendars.py": ("the title of a document: data", {"国务院办公厅关于", "年部分节假日安排的通知"}),
    "kit/files/names.py": ("the name under which a nameless file is kept", {"未命名"}),
    "kit/media/kinds.py": ("the name under which a nameless file is kept", {"文件"}),
    "kit/pages/templatetags/pages.py": ("the Chinese form of a date", {"年", "月", "日"}),
    "kit/text/leftovers.py": ("between words of a document: data", {"；"}),
    "kit/text/pdf.py": ("between numbers of pages, which are data", {"、"}),
    "web/founding.py": (
        "the bureau's name and prose of the record",
        {"教育体育局", "教体局", "县", "市", "区", "服务器命令行"},
    ),
    "web/settings.py": ("names that an installation may replace: data", {"协同提质平台", "统一身份认证"}),
    "kit/pages/templates/pages/plain.html": ("the sign of the site", {"协"}),
    "kit/pages/templates/pages/base.html": ("the sign of the site", {"协"}),
    "kit/pages/templates/pages/parts/menu.html": ("the sign of the site", {"协"}),
    "kit/pages/templates/pages/parts/account.html": ("a language is named in itself", {"中文"}),
    "areas/plans/templates/plans/plan.html": ("between heading and text of a plan: data", {"。"}),
}


CLOSING = {"comment": "endcomment", "blocktranslate": "endblocktranslate"}
ARGUMENT = re.compile(r"""_\(("[^"]*"|'[^']*')\)""")


def untranslated(code: str) -> list[str]:
    """The Chinese literals of a module that stand in no call of gettext; docstrings are for programmers."""
    tree = ast.parse(code)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [text for text in literals(tree, docstrings) if re.search(CHINESE, text)]


def literals(node: ast.AST, docstrings: set[int]) -> Iterator[str]:
    if isinstance(node, ast.Call) and EXEMPT.fullmatch(ast.unparse(node.func)):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from literals(child, docstrings)


def untranslated_in_template(template: str) -> list[str]:
    """The Chinese text, variables and tags of a template that no tag translates."""
    found, closing = [], ""
    for token in Lexer(template).tokenize():
        tag = token.contents.split(maxsplit=1)[0] if token.token_type == TokenType.BLOCK else ""
        if closing:
            closing = "" if tag == closing else closing
        elif tag in CLOSING:
            closing = CLOSING[tag]
        elif tag != "translate" and token.token_type != TokenType.COMMENT:
            found += re.findall(f"{CHINESE}+", ARGUMENT.sub("", token.contents))
    return found


def sources(pattern: str) -> dict[str, str]:
    return {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in sorted(SOURCE.rglob(pattern))}


def untranslated_everywhere() -> dict[str, list[str]]:
    templates = {path: untranslated_in_template(text) for path, text in sources("*.html").items()}
    return {path: untranslated(code) for path, code in sources("*.py").items()} | templates


def is_data(path: str) -> bool:
    return path not in MARKED and any(fnmatch(path, pattern) for pattern in MODULES)


def test_code_and_templates_have_no_chinese_that_the_catalogue_does_not_get() -> None:
    faults = [
        f"{path}: {text!r}"
        for path, texts in untranslated_everywhere().items()
        if not is_data(path)
        for text in texts
        if text not in LITERALS.get(path, ("", set()))[1]
    ]
    assert faults == []


def test_every_exception_is_still_needed() -> None:
    """A list that only grows would hide the next fault."""
    found = {path: set(texts) for path, texts in untranslated_everywhere().items()}
    idle = [
        pattern for pattern in MODULES if not any(texts and fnmatch(path, pattern) for path, texts in found.items())
    ]
    idle += [path for path, (_reason, texts) in LITERALS.items() if texts - found.get(path, set())]
    assert idle == []


@pytest.mark.parametrize(
    "line",
    [
        'raise Refused("请先保存。")',
        'title = f"已有 {n}"',
        'Column("name", "名称")',
        'told = "；".join(names)',
        'said = translate("保存")',
    ],
)
def test_untranslated_finds_a_planted_literal(line: str) -> None:
    code = sources("*.py")["web/apps.py"]
    assert untranslated(code) == []
    assert len(untranslated(f"{code}\n{line}\n")) == 1


def test_untranslated_passes_what_the_catalogue_gets_and_docstrings() -> None:
    code = '''
"""办理过程."""
A = _("保存") + gettext_lazy("取消") + translation.gettext("关闭") + ngettext("%(n)s 条", "%(n)s 条", 1)
def step():
    """一步."""
    return gettext_noop("接收"), gettext("退回 %(why)s") % {"why": "a"}, CodeTable.of("类别", "11 幼儿园")
'''
    assert untranslated(code) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>保存</p>", ["保存"]),
        ('<p title="名称">{{ name }}</p>', ["名称"]),
        ('{{ names|join:"、" }}', ["、"]),
        ('{% tag "待补" "orange" %}', ["待补"]),
        ("{% blocktranslate %}你好{% endblocktranslate %}，{{ name }}", ["，"]),
        ('{% translate "保存" %}{% tag _("待补") "grey" %}{{ names|join:_("、") }}{# 注 #}', []),
        ("{% blocktranslate with n=n %}共 {{ n }} 条{% endblocktranslate %}{% comment %}注{% endcomment %}", []),
    ],
)
def test_untranslated_in_template_finds_a_planted_text(template: str, found: list[str]) -> None:
    assert untranslated_in_template(template) == found
