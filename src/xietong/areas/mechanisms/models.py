"""配套制度: texts of rules, their editions, what units said of a draft, and who has taken note."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.mechanisms.rules import EditionState
from xietong.areas.orgs.models import County, Organisation
from xietong.kit.records.versioned import Versioned


class Mechanism(Versioned):
    """One text of rules under its name, whatever edition is in force. `basis` are the words that ask for it."""

    class Kind(models.TextChoices):
        MECHANISM = "mechanism", _("机制")
        APPRAISAL = "appraisal", _("考核评价办法")
        UNIFIED = "unified", _("统一制度")
        OTHER = "other", _("其他制度")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    title = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("配套制度")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "title"],
                name="mechanism_named_once",
                violation_error_message=_("已经有同名的制度。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Edition(Versioned):
    """One edition of the text, from its draft until another takes its place. Never changed once enacted.

    `in_force_to` is the last day that it is in force. `round` counts how often units were asked about it.
    """

    STATES = [
        (EditionState.DRAFT.value, _("起草中")),
        (EditionState.CONSULTING.value, _("征求意见中")),
        (EditionState.APPROVING.value, _("审批中")),
        (EditionState.APPROVED.value, _("待印发")),
        (EditionState.ENACTED.value, _("已印发")),
    ]

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("版次"))
    text = models.TextField(_("正文"), blank=True)
    change_note = models.CharField(_("修订说明"), max_length=500, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=EditionState.DRAFT.value)
    round = models.PositiveSmallIntegerField(default=0)
    comment_by = models.DateField(_("意见反馈截止"), null=True, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    in_force_to = models.DateField(_("失效日期"), null=True, blank=True)
    end_reason = models.CharField(_("废止原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("制度文本")
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "number"], name="edition_numbered_once"),
            models.UniqueConstraint(
                fields=["mechanism"],
                condition=~Q(state="enacted"),
                name="one_edition_is_prepared",
                violation_error_message=_("已经有一个版本在起草或办理中。"),
            ),
            models.CheckConstraint(
                name="enacted_edition_has_its_first_day",
                condition=~Q(state="enacted") | Q(in_force_from__isnull=False),
            ),
            models.CheckConstraint(
                name="edition_ends_after_it_begins",
                condition=Q(in_force_to=None) | Q(in_force_to__gte=F("in_force_from")),
                violation_error_message=_("失效日期不能早于施行日期。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "state"])]

    def __str__(self) -> str:
        return _("%(title)s（第%(n)d版）") % {"title": self.mechanism.title, "n": self.number}


class Opinion(Versioned):
    """What a unit that was asked in a round says about a draft; and whether it was taken up, with the reason."""

    class Verdict(models.TextChoices):
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        REJECTED = "rejected", _("不采纳")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="opinions")
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("意见"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("反馈时间"), null=True, blank=True)
    answered_by = models.CharField(_("反馈人"), max_length=200, blank=True)
    verdict = models.CharField(_("处理"), max_length=8, choices=Verdict, blank=True)
    answer = models.CharField(_("理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("意见")
        constraints = [
            models.UniqueConstraint(fields=["edition", "round", "unit"], name="opinion_asked_once"),
            models.CheckConstraint(
                name="rejected_opinion_has_a_reason",
                condition=~Q(verdict__in=["partly", "rejected"]) | ~Q(answer=""),
                violation_error_message=_("不采纳或部分采纳须说明理由。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.edition} {self.unit}"


class Receipt(Versioned):
    """签收: a unit that has to take note of an edition, and whether it has."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="receipts")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    by = models.CharField(_("签收人"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("签收")
        constraints = [models.UniqueConstraint(fields=["edition", "unit"], name="receipt_asked_once")]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.edition} {self.unit}"
