from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.words import said


class Notice(models.Model):
    """One message to one account: `title` is a sentence of the system, said with its `values` to whoever reads it.

    `term_id` is the role that its page is opened in; times are business time. While it is unread, a second one of
    the same kind about the same page is not written: nobody is told the same thing three times.
    `is_sorted` tells that the channels of its county have been asked whether they carry it on.
    """

    account_id = models.BigIntegerField()
    county_id = models.BigIntegerField(null=True)
    term_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    values: Any = models.JSONField(default=dict, blank=True)
    body = models.CharField(_("内容"), max_length=1000, blank=True)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True)
    is_sorted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("消息")
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "url", "kind"],
                condition=Q(read_at=None) & ~Q(url=""),
                name="unread_notice_once_a_page",
            )
        ]
        indexes = [
            models.Index(fields=["account_id", "-created_at"]),
            models.Index(fields=["account_id"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["id"], condition=Q(is_sorted=False), name="notice_unsorted"),
        ]

    @property
    def said(self) -> str:
        """The title in the language of whoever reads it."""
        return said(self.title, self.values)
