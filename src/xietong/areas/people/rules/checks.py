"""核对: what in a school's staff of a year does not fit together, or needs a word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from gettext import NullTranslations

from xietong.areas.orgs.rules.checks import Finding, Weight, plain

# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

NO_STAFF = gettext_noop("还没有教职工资料；请办公室导入全国教师管理信息系统的导出表。")
NO_TEACHERS = gettext_noop("%(where)s有在校生 %(pupils)s 人，但没有专任教师，也没有走教教师。")
ABOVE_POSTS = gettext_noop("在编教职工 %(established)s 人，超过核定编制 %(posts)s 人，请写明原因。")
STAFF_JUMP = gettext_noop("教职工从上一学年的 %(before)s 人变为 %(staff)s 人，变动超过 %(limit)s%%，请写明原因。")


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """A school's staff of a year beside its posts and pupils, and last year's number of staff.

    `teachers` and `pupils` are by stage; those who come from other schools to teach count as teachers here.
    """

    staff: int
    established: int
    teachers: Mapping[str, int]
    pupils: Mapping[str, Decimal]
    posts: Decimal | None
    before: int

    @property
    def is_filled(self) -> bool:
        return bool(self.staff or any(self.teachers.values()))

    @property
    def is_empty(self) -> bool:
        """Whether the school is known to have no pupils, and so needs no staff."""
        return bool(self.pupils) and not any(self.pupils.values())


def findings(facts: StaffFacts, jump: Decimal) -> Iterator[Finding]:
    """Everything to ask about; `jump` is the change since last year, in percent, that needs a word."""
    if not facts.is_filled:
        if not facts.is_empty:
            yield Finding("no_staff", Weight.FAULT, "", 0, "staff", NO_STAFF)
        return
    for stage, pupils in facts.pupils.items():
        if pupils and not facts.teachers.get(stage):
            yield Finding("no_teachers", Weight.FAULT, stage, 0, "teachers", NO_TEACHERS, {"pupils": plain(pupils)})
    if facts.posts is not None and facts.established > facts.posts:
        told = {"established": str(facts.established), "posts": plain(facts.posts)}
        yield Finding("above_posts", Weight.WORD, "", 0, "established", ABOVE_POSTS, told)
    if facts.before and abs(facts.staff - facts.before) * 100 > jump * facts.before:
        told = {"before": str(facts.before), "staff": str(facts.staff), "limit": plain(jump)}
        yield Finding("staff_jump", Weight.WORD, "", 0, "staff", STAFF_JUMP, told)
