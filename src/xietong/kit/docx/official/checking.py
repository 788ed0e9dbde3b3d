"""Goes through the placeholders of a template as docxtpl will, and says what would go wrong, where."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from jinja2 import TemplateSyntaxError, nodes

from xietong.kit.docx.official import faults
from xietong.kit.docx.official.content import Official
from xietong.kit.docx.official.environment import Confined
from xietong.kit.docx.official.faults import Fault, Place, fault
from xietong.kit.docx.official.guarding import guard
from xietong.kit.docx.official.lacking import lacking
from xietong.kit.docx.official.marks import STRAIGHT, WIDES, Mark, marks, text_of
from xietong.kit.docx.official.rendering import filled
from xietong.kit.docx.official.sample import sample
from xietong.kit.docx.official.scope import ANYTHING, Scope, expressions
from xietong.kit.docx.official.sealing import sealed

STATEMENT = re.compile(r"\{%-?(p|tr|tc)?\s+(\w+)\s*(.*?)\s*-?%\}", re.DOTALL)
RAW = re.compile(r"\{\{(p|r|tr|tc)\s")
HOLDERS = {"p": None, "tr": "w:tr", "tc": "w:tc"}
AROUND = {"": "w:p", "tc": "w:tr", "tr": "w:tbl"}
"""What a beginning and its end stand in together; for a `p` it is whatever holds the paragraph."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A loop or a condition that is open."""

    word: str
    prefix: str
    mark: Mark

    @property
    def end(self) -> str:
        return f"{{%{self.prefix} end{self.word} %}}"


def checked(template: bytes, kind: type[Official]) -> tuple[Fault, ...]:
    """The faults of a template for a kind of documents; raises ``Unreadable`` for a file that cannot be one."""
    guard(template)
    document = Document(BytesIO(template))
    check = Check(kind)
    for mark in marks(document):
        check.take(mark)
    check.finish()
    found = [*check.faults, *lacking(document, kind, check.scope.used)]
    return tuple(found or tried(template, kind))


def tried(template: bytes, kind: type[Official]) -> list[Fault]:
    """A document made for trial: what no rule foresees."""
    try:
        Document(BytesIO(sealed(filled(template, sample(kind)))))
    except Exception:  # noqa: BLE001  docxtpl and lxml fail on a broken template in any way they like
        return [fault(faults.UNUSABLE)]
    return []


class Check:
    """The state on the way through a template."""

    def __init__(self, kind: type[Official]) -> None:
        self.faults: list[Fault] = []
        self.scope = Scope(kind, self.report)
        self._jinja = Confined()
        self._open: list[Begun] = []
        self._place: Place | None = None

    def report(self, sentence: str, values: dict[str, str]) -> None:
        self.faults.append(fault(sentence, self._place, values))

    def take(self, mark: Mark) -> None:
        self._leave_part(mark.place.part)
        self._place = mark.place
        if not mark.is_whole:
            self.report(faults.WIDE if WIDES.match(mark.text) else faults.HALF, {"mark": mark.text})
        elif mark.text.startswith("{{"):
            self._value(mark.text.translate(STRAIGHT))
        elif mark.text.startswith("{%"):
            self._statement(mark)

    def finish(self) -> None:
        self._leave_part("")

    def _leave_part(self, part: str) -> None:
        """Whatever is open in one part of the file does not end in another."""
        while self._open and self._open[-1].mark.place.part != part:
            begun = self._open.pop()
            self._place = begun.mark.place
            self.report(faults.OPEN, {"mark": begun.mark.text, "end": begun.end})
            if begun.word == "for":
                self.scope.leave()

    def _parse(self, source: str, mark: str) -> nodes.Template | None:
        try:
            return self._jinja.parse(source)
        except TemplateSyntaxError:
            self.report(faults.SYNTAX, {"mark": mark})
            return None

    def _value(self, text: str) -> None:
        if RAW.match(text):
            self.report(faults.SYNTAX, {"mark": text})
            return
        tree = self._parse(text, text)
        for expression in expressions(tree) if tree else ():
            if isinstance(self.scope.shape(expression), (list, dict)):
                self.report(faults.A_LIST, {"name": text.strip("{} ")})

    def _statement(self, mark: Mark) -> None:
        found = STATEMENT.fullmatch(mark.text.translate(STRAIGHT))
        if found is None:
            self.report(faults.SYNTAX, {"mark": mark.text})
            return
        prefix, word, rest = found[1] or "", found[2], found[3]
        if prefix and not stands_alone(mark, prefix):
            self.report(faults.ALONE, {"mark": mark.text})
        if word in ("for", "if"):
            self._begin(Begun(word, prefix, mark), rest)
        elif word in ("elif", "else", "endif", "endfor"):
            self._go_on(mark, prefix, word, rest)
        else:
            self.report(faults.SYNTAX, {"mark": mark.text})

    def _begin(self, begun: Begun, rest: str) -> None:
        tree = self._parse(f"{{% {begun.word} {rest} %}}{{% end{begun.word} %}}", begun.mark.text)
        if begun.word == "for":
            self._enter(next(tree.find_all(nodes.For)) if tree else None)
        elif tree:
            self.scope.shape(next(tree.find_all(nodes.If)).test)
        self._open.append(begun)

    def _enter(self, loop: nodes.For | None) -> None:
        """A loop that cannot be read counts as one without a name, so that its end is found."""
        if loop is None or not isinstance(loop.target, nodes.Name):
            self.scope.enter("", ANYTHING)
            return
        whole = self.scope.shape(loop.iter)
        if whole is not ANYTHING and not isinstance(whole, list):
            self.report(faults.NO_LIST, {"name": written(loop.iter)})
        self.scope.enter(loop.target.name, whole[0] if isinstance(whole, list) else ANYTHING)

    def _go_on(self, mark: Mark, prefix: str, word: str, rest: str) -> None:
        wanted = {"endfor": ("for",), "else": ("if", "for")}.get(word, ("if",))
        if not self._open or self._open[-1].word not in wanted:
            self.report(faults.NO_BEGINNING, {"mark": mark.text})
            return
        begun = self._open[-1]
        if prefix != begun.prefix or holder(mark, prefix) is not holder(begun.mark, begun.prefix):
            self.report(faults.APART, {"mark": mark.text, "start": begun.mark.text})
        if word == "elif":
            tree = self._parse(f"{{% if {rest} %}}{{% endif %}}", mark.text)
            if tree:
                self.scope.shape(next(tree.find_all(nodes.If)).test)
        elif word.startswith("end"):
            self._open.pop()
            if word == "endfor":
                self.scope.leave()


def written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    return str(getattr(node, "name", ""))


def stands_alone(mark: Mark, prefix: str) -> bool:
    """Whether nothing else stands in what goes away together with the mark."""
    tag = HOLDERS[prefix]
    whole = mark.paragraph if tag is None else next(mark.paragraph.iterancestors(qn(tag)), None)
    if whole is None:
        return False
    paragraphs = [whole] if tag is None else whole.iter(qn("w:p"))
    return "".join(text_of(each) for each in paragraphs).strip() == mark.text


def holder(mark: Mark, prefix: str) -> Any:
    if prefix == "p":
        return mark.paragraph.getparent()
    tag = qn(AROUND[prefix])
    return mark.paragraph if prefix == "" else next(mark.paragraph.iterancestors(tag), None)
