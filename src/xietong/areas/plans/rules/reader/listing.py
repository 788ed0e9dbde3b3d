"""A reading for people: the outline, the phases, who is named and what to look at."""

from collections.abc import Iterable, Iterator

from xietong.areas.plans.rules.reader.values import Clause, DocumentStatus, MentionKind, Phase, Reading

_LONGEST = 30


def print_outline(reading: Reading) -> str:
    """This function will list a plan in Chinese, one finding a line."""
    names = (each.name for each in reading.organisations if each.kind is MentionKind.NAME)
    cited = (
        " ".join(filter(None, (each.name and f"《{each.name}》", each.number)))
        for each in reading.documents
        if each.status is DocumentStatus.CITED
    )
    issued = (each.name or "" for each in reading.documents if each.status is DocumentStatus.TO_ISSUE)
    lines = [
        reading.title.words or "（无标题）",
        *map(_clause, reading.clauses),
        *_block("阶段", map(_phase, reading.phases)),
        *_block("组织", names),
        *_block("引用文件", cited),
        *_block("应出台文件", issued),
        *_block("提示", (caution.message for caution in reading.warnings)),
    ]
    return "\n".join(lines) + "\n"


def _block(name: str, members: Iterable[str]) -> Iterator[str]:
    """A block with every member once, in the order of the text; nothing where there is none."""
    once = list(dict.fromkeys(members))
    if once:
        yield f"{name}（{len(once)}）"
        yield from (f"  {member}" for member in once)


def _clause(clause: Clause) -> str:
    words = clause.heading or _opening_words(clause)
    return "  " * (clause.level - 1) + clause.label + words


def _opening_words(clause: Clause) -> str:
    body = clause.text.partition(clause.label)[2].strip()
    return body if len(body) <= _LONGEST else body[:_LONGEST] + "……"


def _phase(phase: Phase) -> str:
    if phase.starts_on is None or phase.ends_on is None:
        return f"{phase.name} 时间未写明"
    return f"{phase.name} {phase.starts_on} 至 {phase.ends_on}"
