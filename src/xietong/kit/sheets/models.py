from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.records.versioned import Versioned


class Import(Versioned):
    """One workbook that was taken in: into what, by whom, and whether it has been undone."""

    county_id = models.BigIntegerField()
    book = models.CharField(max_length=60, help_text="key of the declared sheet")
    owner_id = models.BigIntegerField(help_text="what its rows belong to")
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.CharField(_("导入人"), max_length=200)
    at = models.DateTimeField(_("导入时间"))
    added = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("改动"), default=0)
    same = models.PositiveIntegerField(_("未变"), default=0)
    undone_by = models.CharField(_("撤销人"), max_length=200, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "owner_id", "sha256"],
                condition=Q(undone_at=None),
                name="same_file_once",
                violation_error_message=_("这个文件已经导入过了，没有重复导入。"),
            ),
            models.CheckConstraint(
                name="undone_by_somebody",
                condition=Q(undone_by="", undone_at=None) | (~Q(undone_by="") & Q(undone_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["county_id", "book", "owner_id", "-at"])]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """What an import did to one row: as it was before (nothing of one that was added) and after."""

    made_by = models.ForeignKey(Import, models.CASCADE, related_name="entries")
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["made_by", "row_id"])]

    def __str__(self) -> str:
        return f"{self.made_by} {self.row_id}"
