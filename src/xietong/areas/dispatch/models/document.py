from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.models.cycle import Cycle
from xietong.areas.dispatch.models.meeting import Meeting
from xietong.areas.dispatch.rules.states import ISSUED, DocumentState
from xietong.areas.orgs.models import County, Organisation
from xietong.kit.records.versioned import Versioned


class DocumentKind(models.TextChoices):
    BULLETIN = "bulletin", _("简报")
    CIRCULAR = "circular", _("通报")
    MINUTES = "minutes", _("纪要")


STATES = [
    (DocumentState.DRAFT.value, _("拟稿")),
    (DocumentState.APPROVING.value, _("审签中")),
    (DocumentState.SIGNED.value, _("已签发")),
    (DocumentState.NUMBERED.value, _("已编号")),
    (DocumentState.SEALED.value, _("已用印")),
    (DocumentState.SENT.value, _("已分发")),
    (DocumentState.FILED.value, _("已归档")),
    (DocumentState.DROPPED.value, _("已作废")),
]
SIGNED_STATES = [state for state, _label in STATES if state in ISSUED]


class Document(Versioned):
    """公文: a bulletin, circular or minutes on its way from draft to archive.

    `issue` counts the bulletins of a year; `document_no` is typed in from the bureau's own office system. Neither is
    part of what is frozen. `digest` and `check_code` belong to what was signed.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    kind = models.CharField(_("文种"), max_length=8, choices=DocumentKind)
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="documents")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="documents")
    year = models.PositiveSmallIntegerField(_("年度"))
    issue = models.PositiveSmallIntegerField(_("期号"), null=True, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    state = models.CharField(_("状态"), max_length=9, choices=STATES, default=DocumentState.DRAFT.value)
    drafted_by = models.CharField(_("拟稿人"), max_length=120)
    drafted_at = models.DateTimeField(_("拟稿时间"))
    signed_by = models.CharField(_("签发人"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    sent_at = models.DateTimeField(_("分发时间"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    check_code = models.CharField(_("校验码"), max_length=8, blank=True)
    archive_no = models.CharField(_("档号"), max_length=60, blank=True)
    drop_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("公文")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "year", "issue"],
                condition=Q(issue__isnull=False),
                name="issue_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["county", "document_no"],
                condition=~Q(document_no=""),
                name="document_no_once",
                violation_error_message=_("已经有一份公文用了这个文号。"),
            ),
            models.CheckConstraint(
                name="signed_document_has_its_digest",
                condition=~Q(state__in=SIGNED_STATES)
                | (Q(signed_at__isnull=False) & ~Q(digest="") & ~Q(check_code="")),
            ),
            models.CheckConstraint(
                name="document_has_its_subject",
                condition=Q(kind="minutes", meeting__isnull=False)
                | Q(kind__in=["bulletin", "circular"], cycle__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "kind", "-signed_at"]),
            models.Index(fields=["county", "state"]),
            models.Index(fields=["check_code"]),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentSection(Versioned):
    """A part of a draft as the office edits it: words under a heading, with the list and the chart that follow.

    `sources` are the rows that the words were built from.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(_("小标题"), max_length=60, blank=True)
    text = models.TextField(_("文字"), max_length=20000, blank=True)
    listing = models.CharField(max_length=30, blank=True)
    graph = models.CharField(max_length=30, blank=True)
    sources = models.JSONField(default=list)
    has_listing = models.BooleanField(_("附表格"), default=True)
    has_graph = models.BooleanField(_("附图"), default=True)

    class Meta:
        verbose_name = _("公文段落")
        constraints = [models.UniqueConstraint(fields=["document", "order"], name="section_in_its_place")]

    def __str__(self) -> str:
        return self.heading


class Template(models.Model):
    """The content of a .docx template, kept once however many documents it makes. Rows are only ever added."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "sha256"], name="template_kept_once")]

    def __str__(self) -> str:
        return self.sha256[:12]


class Frozen(models.Model):
    """What a document said when it was sent for approval, and when it was signed. Rows are only ever added."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="frozen")
    at = models.DateTimeField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    template = models.ForeignKey(Template, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["county", "document", "-at"])]

    def __str__(self) -> str:
        return f"{self.document} {self.digest[:12]}"


class Naming(Versioned):
    """点名: a unit that a circular may name. It is asked for its explanation first, and the signer ticks it.

    `matter` is what would be said of it. Praise needs no explanation, only the tick.
    """

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="namings")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    matter = models.CharField(_("事项"), max_length=200)
    is_praise = models.BooleanField(_("表扬或一般提及"), default=False)
    asked_at = models.DateTimeField(_("征求说明时间"), null=True, blank=True)
    reply_by = models.DateField(_("说明期限"), null=True, blank=True)
    text = models.CharField(_("单位说明"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("说明时间"), null=True, blank=True)
    answered_by = models.CharField(_("说明人"), max_length=120, blank=True)
    is_named = models.BooleanField(_("同意点名"), default=False)
    ticked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("点名")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "unit"],
                name="unit_named_once",
                violation_error_message=_("这个单位已经在名单上。"),
            ),
            models.CheckConstraint(
                name="named_only_after_it_was_asked",
                condition=Q(is_named=False) | Q(is_praise=True) | Q(asked_at__isnull=False),
                violation_error_message=_("没有征求过说明的单位不能点名。"),
            ),
        ]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.matter}"


class DocumentStep(models.Model):
    """One line of the course of a document. Rows are only ever added."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    action = models.CharField(max_length=10)
    who = models.CharField(max_length=120)
    org_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["county", "document"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.action}"


class DocumentReceipt(Versioned):
    """签收: a unit to which a document was sent, and whether it has taken note."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="receipts")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    by = models.CharField(_("签收人"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("公文签收")
        constraints = [models.UniqueConstraint(fields=["document", "unit"], name="document_sent_once")]
        indexes = [models.Index(fields=["county", "unit"])]

    def __str__(self) -> str:
        return f"{self.document} {self.unit}"


class Letterhead(Versioned):
    """文头: what a county's documents of one kind begin and end with, and its own template if it has one."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    kind = models.CharField(_("文种"), max_length=8, choices=DocumentKind)
    mark = models.CharField(_("文头名称"), max_length=60)
    unit = models.CharField(_("编印（印发）单位"), max_length=60)
    signer = models.CharField(_("署名"), max_length=60, blank=True)
    addressee = models.CharField(_("主送"), max_length=200, blank=True)
    reported_to = models.CharField(_("报"), max_length=200, blank=True)
    sent_to = models.CharField(_("送"), max_length=200, blank=True)
    issued_to = models.CharField(_("发"), max_length=200, blank=True)
    copied_to = models.CharField(_("抄送"), max_length=200, blank=True)
    template = models.ForeignKey(Template, models.PROTECT, null=True, blank=True, related_name="+")
    template_name = models.CharField(_("模板"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("文头")
        constraints = [models.UniqueConstraint(fields=["county", "kind"], name="letterhead_once_a_kind")]

    def __str__(self) -> str:
        return self.mark
