from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.approvals.routes import FORMS
from xietong.kit.records.versioned import Versioned
from xietong.kit.words import said


class Route(Versioned):
    """The steps that a county has set for one form."""

    county_id = models.BigIntegerField()
    form = models.CharField(max_length=60)
    steps = models.JSONField(_("步骤"))

    class Meta:
        verbose_name = _("审批路线")
        constraints = [models.UniqueConstraint(fields=["county_id", "form"], name="route_once_a_form")]

    def __str__(self) -> str:
        return self.form


class Approval(Versioned):
    """One row of an area on its way through a route. `url` is where the row itself is read."""

    class State(models.TextChoices):
        RUNNING = "running", _("审批中")
        AGREED = "agreed", _("已同意")
        SENT_BACK = "sent_back", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    county_id = models.BigIntegerField()
    form = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True, blank=True, help_text="the unit that files")
    title = models.CharField(_("事项"), max_length=200)
    url = models.CharField(max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RUNNING)
    starter_id = models.BigIntegerField(null=True, blank=True, help_text="account")
    starter = models.CharField(_("提交人"), max_length=200)
    started_at = models.DateTimeField(_("提交时间"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("审批")
        constraints = [
            models.UniqueConstraint(
                fields=["form", "owner_id"],
                condition=Q(state="running"),
                name="one_approval_runs",
                violation_error_message=_("已经在审批中了。"),
            ),
            models.CheckConstraint(
                name="approval_ends_with_a_time",
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["county_id", "state"]),
            models.Index(fields=["form", "owner_id", "-started_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        return str(FORMS[self.form].label)


class Stage(Versioned):
    """One step of an approval, frozen when it started. `account_id` names one person in place of the role."""

    class State(models.TextChoices):
        WAITING = "waiting", _("未到")
        OPEN = "open", _("待审批")
        AGREED = "agreed", _("同意")
        SENT_BACK = "sent_back", _("退回")
        VOID = "void", _("未进行")

    county_id = models.BigIntegerField()
    approval = models.ForeignKey(Approval, models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("步骤"), max_length=40)
    role = models.CharField(max_length=40)
    org_id = models.BigIntegerField(null=True, blank=True)
    account_id = models.BigIntegerField(null=True, blank=True)
    account_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["approval"],
                condition=Q(state="open"),
                name="one_stage_is_open",
            )
        ]
        indexes = [
            models.Index(fields=["county_id", "state", "role"]),
            models.Index(fields=["account_id", "state"]),
            models.Index(fields=["approval", "order"]),
        ]

    def __str__(self) -> str:
        return f"{self.approval} {self.title}"

    @property
    def said(self) -> str:
        """Its name in the reader's language, where it is one that we gave."""
        return said(self.title)


class Deed(models.Model):
    """办理过程: one line of an approval's course. Rows are only ever added."""

    class Kind(models.TextChoices):
        START = "start", _("提交审批")
        AGREE = "agree", _("同意")
        SEND_BACK = "send_back", _("退回")
        REASSIGN = "reassign", _("转办")
        ADD = "add", _("加签")
        WITHDRAW = "withdraw", _("撤回")

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="deeds")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    stage_title = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=120)
    org_name = models.CharField(max_length=120, blank=True)
    opinion = models.CharField(max_length=500, blank=True)
    to_name = models.CharField(max_length=200, blank=True)
    signer = models.CharField(_("书面签批人"), max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"

    @property
    def tone(self) -> str:
        return {self.Kind.AGREE: "green", self.Kind.SEND_BACK: "red"}.get(self.Kind(self.kind), "blue")

    @property
    def said(self) -> str:
        """What was done, with the step it was done in."""
        step = said(self.stage_title) if self.stage_title else ""
        return f"{step} {self.get_kind_display()}".strip()
