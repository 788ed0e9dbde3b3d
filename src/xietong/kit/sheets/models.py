from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.records.versioned import Versioned, or_zero


class Import(Versioned):
    """One workbook that was taken in: into what, by whom, how far it got, and whether it has been undone."""

    class State(models.TextChoices):
        RUNNING = "running", _("导入中")
        DONE = "done", _("已导入")
        FAILED = "failed", _("没有导入")
        UNDONE = "undone", _("已撤销")

    county_id = models.BigIntegerField(null=True, blank=True)
    university_id = models.BigIntegerField(null=True, blank=True)
    book = models.CharField(max_length=60, help_text="key of the declared book")
    owner_id = models.BigIntegerField(help_text="what its rows belong to")
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.CharField(_("导入人"), max_length=200)
    at = models.DateTimeField(_("导入时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RUNNING)
    skips = models.BooleanField(default=False, help_text="rows with faults were left out")
    total = models.PositiveIntegerField(default=0)
    handled = models.PositiveIntegerField(default=0, help_text="rows of the file that have been dealt with")
    added = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("改动"), default=0)
    same = models.PositiveIntegerField(_("未变"), default=0)
    left_out = models.JSONField(default=list, blank=True, help_text="rows left out: number and why")
    message = models.CharField(_("说明"), max_length=300, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=200, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "owner_id", "sha256"],
                condition=Q(state__in=["running", "done"]),
                name="same_file_once",
                violation_error_message=_("这个文件已经导入过了，没有重复导入。"),
            ),
            models.CheckConstraint(
                name="undone_by_somebody",
                condition=(Q(undone_by="", undone_at=None) & ~Q(state="undone"))
                | (~Q(undone_by="") & Q(undone_at__isnull=False, state="undone")),
            ),
        ]
        indexes = [models.Index(fields=["county_id", "book", "owner_id", "-at"])]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """What an import did to one row of a table: as it was before and after; nothing of one added or removed."""

    made_by = models.ForeignKey(Import, models.CASCADE, related_name="entries")
    model = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    undone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["made_by", "id"])]

    def __str__(self) -> str:
        return f"{self.made_by} {self.name}"


class Mapping(models.Model):
    """What somebody said once about the columns of a book: each with the text over it, or none."""

    county_id = models.BigIntegerField(null=True, blank=True)
    university_id = models.BigIntegerField(null=True, blank=True)
    book = models.CharField(max_length=60)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                or_zero("county_id"), or_zero("university_id"), "book", name="mapping_once_a_book"
            )
        ]

    def __str__(self) -> str:
        return self.book
