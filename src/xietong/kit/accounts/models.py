from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    def create(self, **fields: Any) -> "Account":
        """With `password` in plain text, or without one that can be typed."""
        password = fields.pop("password", None)
        fields["username"] = self.model.normalize_username(fields["username"])
        account = self.model(**fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """A login and nothing else: who the person is and what he may do is told by his role terms.

    `mail_address` is for reminders only and by no other name: nothing that the libraries send goes there.
    """

    PERSONAL = frozenset({"mail_address"})

    username = models.CharField(_("登录名"), max_length=64, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    large_type = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="zh-hans")
    last_term_id = models.BigIntegerField(null=True, blank=True)
    mail_address = models.EmailField(_("邮箱"), blank=True)
    wants_mail = models.BooleanField(_("接收邮件提醒"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class SavedView(models.Model):
    """A filter of one list that its owner gave a name."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_views")
    table = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "table", "name"], name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name


class Phrase(models.Model):
    """常用语: a sentence that its owner writes often, offered under every opinion."""

    LONGEST = 200

    account = models.ForeignKey(Account, models.CASCADE, related_name="phrases")
    text = models.CharField(_("常用语"), max_length=LONGEST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "text"], name="phrase_kept_once")]

    def __str__(self) -> str:
        return self.text
