"""The shape of what the pages of channels ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.kit.forms.base import Form
from xietong.kit.notices import kinds
from xietong.kit.notices.models import Channel

A_DAY = 24 * 60
LAST_PORT = 65535


class TimeField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **kwargs)


class SecretInput(forms.PasswordInput):
    """Never filled in, neither by us nor by the browser."""

    def __init__(self) -> None:
        super().__init__(render_value=False, attrs={"autocomplete": "new-password"})


class ChannelForm(Form):
    """What both kinds have. `version` is 0 while nothing was set up."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    bundle_minutes = forms.IntegerField(
        label=_("合并间隔（分钟）"),
        min_value=0,
        max_value=A_DAY,
        help_text=_("同一收件人在这段时间里的几条消息合成一次发送；0 为不等待。"),
    )
    quiet_from = TimeField(label=_("免打扰开始"), required=False, help_text=_("这段时间里的消息等到结束后再发。"))
    quiet_to = TimeField(label=_("免打扰结束"), required=False, help_text=_("开始和结束都空着为不设免打扰。"))


class MailForm(ChannelForm):
    host = forms.CharField(label=_("服务器"), max_length=120, required=False)
    port = forms.IntegerField(label=_("端口"), min_value=1, max_value=LAST_PORT)
    security = forms.ChoiceField(label=_("加密方式"), choices=Channel.Security)
    sender = forms.EmailField(label=_("发件人地址"), required=False, help_text=_("一般与用户名是同一个邮箱。"))
    username = forms.CharField(
        label=_("用户名"), max_length=120, required=False, help_text=_("不需要登录的内网服务器可以空着。")
    )
    is_on = forms.BooleanField(label=_("开启电子邮件提醒"), required=False)
    field_order = ("version", "host", "port", "security", "sender", "username")

    def __init__(self, hosts: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = _("允许的服务器：%(hosts)s") % {"hosts": _("、").join(hosts)}
        none = _("服务器管理员还没有允许任何邮件服务器（设置 XIETONG_MAIL_HOSTS）。")
        self.fields["host"].help_text = named if hosts else none

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"].strip().lower()
        return host


class RobotForm(ChannelForm):
    kinds = forms.MultipleChoiceField(
        label=_("发到群里的消息"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("群里只说每类有几条，不含姓名和内容。"),
    )
    is_on = forms.BooleanField(label=_("开启群提醒"), required=False)
    field_order = ("version", "kinds")

    def __init__(self, _hosts: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kinds"]
        field.choices = kinds.choices()


class PasswordForm(Form):
    password = forms.CharField(
        label=_("密码或授权码"),
        max_length=200,
        strip=False,
        widget=SecretInput(),
        help_text=_("加密保存，保存后不再显示。许多邮箱要用“授权码”而不是登录密码。"),
    )


class WebhookForm(Form):
    webhook = forms.CharField(
        label=_("Webhook 地址"),
        max_length=300,
        widget=SecretInput(),
        help_text=_("在企业微信群里添加群机器人，复制它的 Webhook 地址粘贴到这里。地址里的密钥加密保存，不再显示。"),
    )


class OwnMailForm(Form):
    """Where one's own mail goes."""

    address = forms.EmailField(label=_("邮箱"), required=False, help_text=_("只用来收提醒。清空就不再保存。"))
    wanted = forms.BooleanField(label=_("接收邮件提醒"), required=False)
