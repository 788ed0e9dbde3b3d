from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.models.cycle import Cycle
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans.models import Task
from xietong.kit.records.versioned import Versioned


class Meeting(Versioned):
    """调度会: one meeting of a series, from its invitation to its minutes. `number` counts within its kind and year.

    `code` is the random number of the address by which those present may sign in. Minutes that are fixed are never
    changed: what was wrong is said in an addition.
    """

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("月调度会")
        SPECIAL = "special", _("专题会")

    STATES = [
        (MeetingState.PLANNED.value, _("筹备中")),
        (MeetingState.HELD.value, _("已召开")),
        (MeetingState.CIRCULATED.value, _("纪要征求意见")),
        (MeetingState.FIXED.value, _("纪要已定稿")),
        (MeetingState.CANCELLED.value, _("已取消")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=8, choices=Kind, default=Kind.MONTHLY)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(_("次序"))
    title = models.CharField(_("名称"), max_length=120)
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="meetings")
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    recorder = models.CharField(_("记录人"), max_length=60, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=MeetingState.PLANNED.value)
    code = models.CharField(max_length=24, unique=True)
    minutes = models.TextField(_("会议记录"), blank=True)
    confirm_by = models.DateField(_("意见反馈截止"), null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    fixed_at = models.DateTimeField(_("定稿时间"), null=True, blank=True)
    cancel_reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("会议")
        constraints = [
            models.UniqueConstraint(fields=["county", "kind", "year", "number"], name="meeting_numbered_once"),
            models.CheckConstraint(
                name="fixed_minutes_have_a_time",
                condition=Q(state="fixed", fixed_at__isnull=False) | (~Q(state="fixed") & Q(fixed_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["county", "-starts_at"])]

    def __str__(self) -> str:
        return self.title


class Attendance(Versioned):
    """到会: somebody who is asked to a meeting. The organiser's list says who came; signing in is an offer."""

    class Part(models.TextChoices):
        MEMBER = "member", _("出席")
        GUEST = "guest", _("列席")

    class State(models.TextChoices):
        EXPECTED = "expected", _("未确认")
        PRESENT = "present", _("到会")
        EXCUSED = "excused", _("请假")
        ABSENT = "absent", _("缺席")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=60, blank=True, help_text="of whoever came, if not `person`")
    part = models.CharField(_("身份"), max_length=6, choices=Part, default=Part.MEMBER)
    state = models.CharField(_("到会情况"), max_length=8, choices=State, default=State.EXPECTED)
    note = models.CharField(_("说明"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("签到时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("到会")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit", "person"], name="attendance_once", nulls_distinct=True
            ),
            models.UniqueConstraint(
                fields=["meeting", "unit"], condition=Q(person=None), name="attendance_of_a_unit_once"
            ),
        ]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.name or self.person or ''}".strip()


class AgendaItem(Versioned):
    """议题: one item of the agenda, proposed from facts or written by the office.

    `source` and `source_id` name the row that it was proposed from, so that the same is not proposed twice: nor again
    after the office took it off the agenda (`is_dropped`).
    """

    class Source(models.TextChoices):
        MATTER = "matter", _("需协调事项")
        RED = "red", _("逾期任务")
        STILL = "still", _("久无进展")
        DISPUTED = "disputed", _("有争议的审核")
        OVERDUE = "overdue", _("逾期议定事项")
        OPEN = "open", _("上次议定事项")
        OWN = "own", _("自拟议题")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("顺序"))
    title = models.CharField(_("议题"), max_length=200)
    note = models.TextField(_("说明"), max_length=1000, blank=True)
    speaker = models.CharField(_("汇报单位或人"), max_length=120, blank=True)
    source = models.CharField(_("来源"), max_length=8, choices=Source, default=Source.OWN)
    source_id = models.BigIntegerField(null=True, blank=True)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+")
    is_dropped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("议题")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source", "source_id"],
                condition=Q(source_id__isnull=False),
                name="agenda_item_proposed_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Confirmation(Versioned):
    """纪要确认: a unit that took part is asked whether the minutes are right, and what it says."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="confirmations")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("意见"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("反馈时间"), null=True, blank=True)
    answered_by = models.CharField(_("反馈人"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("纪要确认")
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="confirmation_asked_once")]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.meeting} {self.unit}"


class MinutesAddition(models.Model):
    """纪要更正: what is added to minutes that are fixed. Rows are only ever added."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="additions")
    text = models.TextField(_("更正内容"), max_length=1000)
    by = models.CharField(_("更正人"), max_length=120)
    at = models.DateTimeField(_("更正时间"))

    class Meta:
        indexes = [models.Index(fields=["county", "meeting"])]

    def __str__(self) -> str:
        return self.text
