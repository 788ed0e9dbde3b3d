"""The names that stand in a place of a template, and what an expression there makes of them."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from jinja2 import nodes

from xietong.kit.docx.official.content import Official, placeholders
from xietong.kit.docx.official.context import SHAPES
from xietong.kit.docx.official.environment import LOOP
from xietong.kit.docx.official.faults import UNKNOWN, UNKNOWN_NEAR

Shape = Any
"""None for words, a list of one shape for several of it, a dictionary for what has parts."""

ANYTHING = object()
"""The shape of what is not known: it was reported once, and nothing below it is."""

Report = Callable[[str, dict[str, str]], None]


class Scope:
    """Names of the kind and of the loops that are open, and which of them were used."""

    def __init__(self, kind: type[Official], report: Report) -> None:
        self._report = report
        self._frames: list[dict[str, Shape]] = [{name: SHAPES.get(name) for name in placeholders(kind)}]
        self.used: set[str] = set()

    def enter(self, name: str, shape: Shape) -> None:
        self._frames.append({name: shape, "loop": dict.fromkeys(LOOP)})

    def leave(self) -> None:
        self._frames.pop()

    def shape(self, node: nodes.Node) -> Shape:
        """What an expression is; every unknown name in it is reported."""
        if isinstance(node, nodes.Name):
            return self._part(node.name, {name: shape for frame in self._frames for name, shape in frame.items()})
        if isinstance(node, nodes.Getattr):
            return self._part(node.attr, self.shape(node.node))
        if isinstance(node, nodes.Getitem):
            return self._item(node, self.shape(node.node))
        for child in node.iter_child_nodes():
            self.shape(child)
        return None

    def _item(self, node: nodes.Getitem, whole: Shape) -> Shape:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._part(node.arg.value, whole)
        self.shape(node.arg)
        return whole[0] if isinstance(whole, list) else None

    def _part(self, name: str, whole: Shape) -> Shape:
        self.used.add(name)
        if whole is ANYTHING:
            return ANYTHING
        if isinstance(whole, dict) and name in whole:
            return whole[name]
        near = get_close_matches(name, whole if isinstance(whole, dict) else (), n=1, cutoff=0.5)
        sentence, more = (UNKNOWN_NEAR, {"near": near[0]}) if near else (UNKNOWN, {})
        self._report(sentence, {"name": name, **more})
        return ANYTHING


def expressions(tree: nodes.Template) -> Iterator[nodes.Node]:
    """What a placeholder wants shown."""
    for output in tree.find_all(nodes.Output):
        yield from (each for each in output.nodes if not isinstance(each, nodes.TemplateData))
