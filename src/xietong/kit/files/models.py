import re
import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xietong.kit.files.limits import ALLOWED_BYTES
from xietong.kit.media import KINDS, Group

GROUPS = {kind.content_type: kind.group for kind in KINDS.values()}
PICTURES = frozenset({"image/jpeg", "image/png"})
PDF = "application/pdf"
SHOWN_IN_BROWSER = PICTURES | {PDF}
UPLOAD_ID = re.compile(r"[0-9a-f]{32}")


def random_id() -> str:
    return secrets.token_hex(16)


class Blob(models.Model):
    """One content, kept once however often it is handed in. Its file is named by its hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("文件内容")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def kind(self) -> str:
        return GROUPS.get(self.content_type, Group.DOCUMENT).value


class Attachment(models.Model):
    """A file that hangs on a row of an area (`owner_type`, `owner_id`).

    Never changed but for one thing: whoever handed it in may withdraw it. Then its name stays and its content
    is not shown any more.
    """

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments", verbose_name=_("文件内容"))
    name = models.CharField(_("文件名"), max_length=100)
    county_id = models.BigIntegerField(null=True, blank=True)
    owner_type = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    uploaded_by = models.BigIntegerField(help_text="account")
    at = models.DateTimeField(_("时间"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    has_pupils = models.BooleanField(_("含学生影像"), default=False)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_by = models.CharField(_("撤回人"), max_length=120, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("附件")
        constraints = [
            models.CheckConstraint(
                name="withdrawn_file_has_a_reason",
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_reason=""),
            )
        ]
        indexes = [
            models.Index(fields=["owner_type", "owner_id"]),
            models.Index(fields=["county_id", "at"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        return self.blob.size

    @property
    def kind(self) -> str:
        return self.blob.kind

    @property
    def is_picture(self) -> bool:
        return self.blob.content_type in PICTURES

    @property
    def is_shown_in_browser(self) -> bool:
        return self.blob.content_type in SHOWN_IN_BROWSER

    @property
    def url(self) -> str:
        """Where it is downloaded."""
        return f"{reverse('file', args=[self.pk])}?download=1"

    @property
    def preview_url(self) -> str:
        """Where it is looked at; empty for what a browser does not show by itself."""
        return reverse("file", args=[self.pk]) if self.is_shown_in_browser and self.withdrawn_at is None else ""

    @property
    def thumbnail_url(self) -> str:
        return reverse("file_thumbnail", args=[self.pk]) if self.is_picture and self.withdrawn_at is None else ""


class Upload(models.Model):
    """A file on its way in. Until it is attached, its account alone knows of it; then the row goes.

    How far it got is told by the file on the disk; `received` is a copy for those who look at the table.
    """

    class State(models.TextChoices):
        OPEN = "open", _("上传中")
        DONE = "done", _("已上传")
        FAILED = "failed", _("失败")

    id = models.CharField(primary_key=True, max_length=32, default=random_id, editable=False)
    account_id = models.BigIntegerField()
    county_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes that the browser sends")
    received = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    expires_at = models.DateTimeField(help_text="machine time")
    message = models.CharField(max_length=300, blank=True)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="uploads")

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "state"]),
            models.Index(fields=["expires_at"]),
        ]

    @property
    def charged(self) -> int:
        """The bytes that its county is charged with: those announced, then those kept, none for a failure."""
        if self.state == self.State.FAILED:
            return 0
        return self.blob.size if self.blob else self.size


class Usage(models.Model):
    """What a county keeps and may keep, in bytes. Its row lock holds the quota; 0 stands for no county."""

    county_id = models.BigIntegerField(primary_key=True)
    used = models.PositiveBigIntegerField(default=0)
    allowed = models.PositiveBigIntegerField(default=ALLOWED_BYTES)
