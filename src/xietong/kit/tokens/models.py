from django.db import models
from django.utils.translation import gettext_lazy as _

from xietong.kit.accounts.models import Account
from xietong.kit.records.versioned import Versioned


class Token(Versioned):
    """A program's way in, as one person in one role term. The secret itself is shown once and kept nowhere.

    Its times are machine time. `hint` is the beginning of the secret, for its owner to know it by.
    """

    PERSONAL = frozenset({"digest"})

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(_("名称"), max_length=60)
    term_id = models.BigIntegerField(_("角色"))
    scopes = models.JSONField(_("权限范围"))
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    expires_on = models.DateField(_("有效期至"))
    created_at = models.DateTimeField(_("创建时间"))
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        indexes = [models.Index(fields=["account", "revoked_at"])]

    def __str__(self) -> str:
        return self.name
