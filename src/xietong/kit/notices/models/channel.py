from datetime import datetime, time
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.records.versioned import Versioned
from xietong.kit.words import said


class Channel(Versioned):
    """A way of a county beyond the inbox. Without a row, or switched off, nothing is sent.

    `secret` is the password or the key of the robot, sealed for this server only. `failures`,
    `rest_until` and `error` tell how it has gone of late; they are machine time and no business of `version`.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", _("电子邮件")
        ROBOT = "wecom", _("企业微信群机器人")

    class Security(models.TextChoices):
        TLS = "tls", _("SSL/TLS（一般是 465 端口）")
        STARTTLS = "starttls", _("STARTTLS（一般是 587 端口）")
        PLAIN = "plain", _("不加密（只限不用密码的内网服务器）")

    PERSONAL = frozenset({"secret"})

    county_id = models.BigIntegerField()
    kind = models.CharField(_("渠道"), max_length=10, choices=Kind)
    is_on = models.BooleanField(_("开启"), default=False)
    host = models.CharField(_("服务器"), max_length=120, blank=True)
    port = models.PositiveIntegerField(_("端口"), default=465)
    security = models.CharField(_("加密方式"), max_length=10, choices=Security, default=Security.TLS)
    sender = models.EmailField(_("发件人地址"), blank=True)
    username = models.CharField(_("用户名"), max_length=120, blank=True)
    secret = models.CharField(max_length=600, blank=True)
    kinds: Any = models.JSONField(_("发到群里的消息"), default=list, blank=True)
    bundle_minutes = models.PositiveSmallIntegerField(_("合并间隔（分钟）"), default=30)
    quiet_from = models.TimeField(_("免打扰开始"), null=True, blank=True, default=time(21))
    quiet_to = models.TimeField(_("免打扰结束"), null=True, blank=True, default=time(7, 30))
    failures = models.PositiveIntegerField(default=0)
    rest_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    error_values: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("消息渠道")
        constraints = [
            models.UniqueConstraint(fields=["county_id", "kind"], name="channel_once_a_kind"),
            models.CheckConstraint(
                name="quiet_hours_have_two_ends",
                condition=Q(quiet_from=None, quiet_to=None) | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                violation_error_message=_("免打扰时段的开始和结束要么都填，要么都不填。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.Kind(self.kind).label)

    @property
    def is_mail(self) -> bool:
        return self.kind == self.Kind.MAIL

    @property
    def error_said(self) -> str:
        return said(self.error, self.error_values) if self.error else ""

    def rests(self, now: datetime) -> bool:
        return self.rest_until is not None and self.rest_until > now
