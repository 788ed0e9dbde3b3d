from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.notices.models.channel import Channel
from xietong.kit.records.versioned import or_zero
from xietong.kit.words import said


class Delivery(models.Model):
    """One mail or one word to a group, with the notices that it tells of. All its times are machine time.

    It is marked as `SENDING`, and that is committed, before anything leaves; whoever finds it so later
    cannot know whether it left. Then it is `UNCERTAIN` and is not sent a second time by itself.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("失败")
        UNCERTAIN = "uncertain", _("不确定")
        DROPPED = "dropped", _("不再发送")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="deliveries")
    county_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True, help_text="to whom; none for the group")
    is_test = models.BooleanField(default=False)
    notice_ids: Any = models.JSONField(default=list)
    count = models.PositiveIntegerField(_("条数"), default=0, help_text="of notices")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    created_at = models.DateTimeField(_("时间"))
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    error_values: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("发送记录")
        constraints = [
            models.UniqueConstraint(
                "channel",
                or_zero("account_id"),
                condition=Q(state="waiting", is_test=False),
                name="one_delivery_waits",
            )
        ]
        indexes = [
            models.Index(fields=["county_id", "-created_at"]),
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["channel", "sending_at"]),
            models.Index(fields=["ended_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def error_said(self) -> str:
        return said(self.error, self.error_values) if self.error else ""
