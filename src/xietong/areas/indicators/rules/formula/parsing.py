"""Reads a formula as it is typed, from the left and once."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from xietong.areas.indicators.rules.formula.errors import (
    BadNumber,
    ConditionExpected,
    NumberExpected,
    TooDeep,
    TooLong,
    Unexpected,
    UnknownFunction,
    UnknownStage,
    WrongArguments,
)
from xietong.areas.indicators.rules.formula.likely import likely
from xietong.areas.indicators.rules.formula.nodes import (
    CONDITIONAL,
    PREFIXES,
    ROWS,
    SIGNS,
    Call,
    Chain,
    Expression,
    Function,
    Indicator,
    Level,
    Measure,
    Number,
    Prefix,
    Stage,
    is_condition,
)
from xietong.areas.indicators.rules.formula.tokens import Kind, Token, tokens
from xietong.areas.indicators.rules.formula.words import FUNCTION_WORDS, STAGE_WORDS

LONGEST = 2_000
DEEPEST = 20
# A double holds so many digits for sure.
MOST_DIGITS = 15
# At least, and at most: None for any number.
ARGUMENTS: dict[Function, tuple[int, int | None]] = {
    Function.MIN: (2, None),
    Function.MAX: (2, None),
    Function.CV: (2, 3),
}


def parse(text: str) -> Expression:
    """This function will read a formula. Raises FormulaError, which says where it cannot."""
    if len(text) > LONGEST:
        raise TooLong(LONGEST, len(text), most=LONGEST)
    reader = Reader(list(tokens(text)))
    found = reader.chain()
    reader.end()
    return number(found)


def holds_for(function: Function, place: int) -> bool:
    """Whether an argument says for which rows: that of a conditional function, or the third of a coefficient."""
    return function in CONDITIONAL or (function is Function.CV and place == ROWS)


def number(node: Expression) -> Expression:
    if is_condition(node):
        raise NumberExpected(node.start, node.end)
    return node


def condition(node: Expression) -> Expression:
    if not is_condition(node):
        raise ConditionExpected(node.start, node.end)
    return node


class Reader:
    """Goes through the tokens: one method for each kind of part."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.found = found
        self.at = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.found[self.at]

    @property
    def behind(self) -> int:
        """Where the last token that was taken ends."""
        return self.found[self.at - 1].end

    def step(self) -> Token:
        self.at += 1
        return self.found[self.at - 1]

    def is_at(self, *signs: str) -> bool:
        return self.here.kind is Kind.SIGN and self.here.text in signs

    def take(self, sign: str) -> None:
        if not self.is_at(sign):
            raise self.unexpected(sign)
        self.step()

    def end(self) -> None:
        if self.here.kind is not Kind.END:
            raise self.unexpected("operator")

    def unexpected(self, expected: str) -> Unexpected:
        return Unexpected(self.here.start, self.here.end, found=self.here.text, expected=expected)

    def deeper(self, read: Callable[[], Expression]) -> Expression:
        if self.depth == DEEPEST:
            raise TooDeep(self.here.start, self.here.end, most=DEEPEST)
        self.depth += 1
        found = read()
        self.depth -= 1
        return found

    def chain(self, level: Level = Level.OR) -> Expression:
        start, parts, signs = self.here.start, [self.operand(level)], []
        while self.is_at(*SIGNS[level]):
            signs.append(self.step().text)
            parts.append(self.operand(level))
            if level is Level.COMPARISON:
                break
        if not signs:
            return parts[0]
        fit = condition if level <= Level.AND else number
        return Chain(tuple(signs), tuple(map(fit, parts)), start=start, end=self.behind)

    def operand(self, level: Level) -> Expression:
        """What signs of a level may join: a prefix of that level with what follows, or a chain that binds closer."""
        if PREFIXES.get(self.here.text) is level and self.here.kind is Kind.SIGN:
            return self.prefixed(level)
        return self.atom() if level is Level.PRODUCT else self.chain(Level(level + 1))

    def prefixed(self, level: Level) -> Expression:
        sign = self.step()
        part = self.deeper(lambda: self.operand(level))
        fit = condition if level is Level.AND else number
        return Prefix(sign.text, (fit(part),), start=sign.start, end=self.behind)

    def atom(self) -> Expression:
        if self.here.kind is Kind.NUMBER:
            return self.literal()
        if self.here.kind is Kind.CODE:
            token = self.step()
            return Indicator(token.text, start=token.start, end=token.end)
        if self.here.kind is Kind.NAME:
            return self.named()
        if self.is_at("("):
            return self.bracketed()
        raise self.unexpected("operand")

    def bracketed(self) -> Expression:
        self.take("(")
        found = self.deeper(self.chain)
        self.take(")")
        return found

    def literal(self) -> Number:
        token = self.step()
        if len(token.text.replace(".", "")) > MOST_DIGITS:
            raise BadNumber(token.start, token.end, most=MOST_DIGITS)
        is_percent = self.is_at("%")
        if is_percent:
            self.step()
        return Number(Decimal(token.text), is_percent, start=token.start, end=self.behind)

    def named(self) -> Expression:
        """A function if a bracket follows, else a measure."""
        name = self.step()
        if self.is_at("("):
            return self.call(name)
        stages = self.stages() if self.is_at("[") else frozenset()
        ordered = tuple(stage for stage in Stage if stage in stages)
        return Measure(name.text, ordered, start=name.start, end=self.behind)

    def stages(self) -> frozenset[Stage]:
        self.take("[")
        found = {self.stage()}
        while self.is_at(","):
            self.step()
            found.add(self.stage())
        self.take("]")
        return frozenset(found)

    def stage(self) -> Stage:
        if self.here.kind is not Kind.NAME:
            raise self.unexpected("stage")
        name = self.step()
        if name.text not in STAGE_WORDS:
            raise UnknownStage(name.start, name.end, name=name.text, likely=likely(name.text, STAGE_WORDS))
        return Stage(name.text)

    def call(self, name: Token) -> Call:
        if name.text not in FUNCTION_WORDS:
            raise UnknownFunction(name.start, name.end, name=name.text, likely=likely(name.text, FUNCTION_WORDS))
        function = Function(name.text)
        given = self.arguments()
        parts = tuple((condition if holds_for(function, place) else number)(part) for place, part in enumerate(given))
        least, most = ARGUMENTS.get(function, (1, 1))
        if not least <= len(parts) <= (most or len(parts)):
            raise WrongArguments(name.start, self.behind, function=function, least=least, most=most, given=len(parts))
        return Call(function, parts, start=name.start, end=self.behind)

    def arguments(self) -> list[Expression]:
        self.take("(")
        found = [self.deeper(self.chain)]
        while self.is_at(","):
            self.step()
            found.append(self.deeper(self.chain))
        self.take(")")
        return found
