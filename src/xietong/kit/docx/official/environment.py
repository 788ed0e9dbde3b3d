"""The Jinja of templates: values, loops over them, conditions; nothing else can be said.

An uploaded template is hostile. Whatever is no placeholder, loop or condition is refused when it is parsed, nothing
can be called, and of the objects behind the values nothing can be reached. The child process holds time and memory.
"""

from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

LOOP = frozenset({"first", "last", "index", "index0", "length"})
FILTERS = frozenset({"length", "default", "join", "first", "last", "trim"})
TESTS = frozenset({"defined", "undefined"})
DEEPEST = 4
SAYABLE = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.CondExpr,
)  # fmt: skip


class Confined(ImmutableSandboxedEnvironment):
    """An environment that parses only what a template of a document needs."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        confine(tree, depth=0)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, _value: Any) -> bool:
        return isinstance(obj, LoopContext) and attr in LOOP

    def is_safe_callable(self, _obj: Any) -> bool:
        return False


def confine(node: nodes.Node, *, depth: int) -> None:
    """Refuses what is not needed, and loops in loops beyond those of a table in the body."""
    depth += isinstance(node, nodes.For)
    if not is_sayable(node) or depth > DEEPEST:
        raise TemplateSyntaxError(f"{type(node).__name__} is not allowed", getattr(node, "lineno", 1))
    for child in node.iter_child_nodes():
        confine(child, depth=depth)


def is_sayable(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Name):
        return node.name != "self"
    if isinstance(node, nodes.Filter):
        return node.name in FILTERS
    if isinstance(node, nodes.Test):
        return node.name in TESTS
    return isinstance(node, SAYABLE)
