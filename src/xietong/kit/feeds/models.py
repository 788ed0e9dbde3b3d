from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.records.versioned import Versioned


class Feed(Versioned):
    """The secret address of one role's calendar. Of the address only a digest is kept: it is shown once.

    `term_id` is the role that it belongs to. A row that has ended opens nothing any more.
    """

    PERSONAL = frozenset({"digest"})

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    term_id = models.BigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("日历订阅")
        constraints = [
            models.UniqueConstraint(fields=["account", "term_id"], condition=Q(ended_at=None), name="one_feed_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.term_id}"
