from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.indicators import queries
from xietong.areas.orgs.queries import units_by_id
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import RowField


class IndicatorForm(Form):
    code = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9.-]*$",
        label=gettext_lazy("编码"),
        max_length=20,
        help_text=gettext_lazy("字母开头，可用字母、数字、点和短横；别的公式用 @编码 引用它。"),
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    definition = forms.CharField(label=gettext_lazy("定义"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    section = forms.ChoiceField(label=gettext_lazy("板块"), choices=queries.section_choices)
    grain = forms.ChoiceField(label=gettext_lazy("周期"), choices=queries.grain_choices)
    reported_by = forms.ChoiceField(
        label=gettext_lazy("取得方式"), choices=queries.reported_by_choices, required=False
    )
    formula = forms.CharField(
        label=gettext_lazy("公式"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control mono", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "例如 teachers[primary] / pupils[primary]。数据项见下面的清单，单位会自动换算，不用乘 100。"
        ),
    )
    unit = forms.CharField(
        label=gettext_lazy("计量单位"), max_length=20, help_text=gettext_lazy("例如 %、人/百人、平方米/人、元/人。")
    )
    decimals = forms.IntegerField(label=gettext_lazy("小数位"), min_value=0, max_value=4, initial=1)
    direction = forms.ChoiceField(label=gettext_lazy("方向"), choices=queries.direction_choices)
    standard = forms.DecimalField(label=gettext_lazy("标准"), required=False, max_digits=16, decimal_places=4)
    baseline_period = forms.IntegerField(
        label=gettext_lazy("基线周期"), required=False, min_value=2000, max_value=210012,
        help_text=gettext_lazy("学年填起始年，如 2023；按月的填 202311。"),
    )  # fmt: skip
    baseline = forms.DecimalField(label=gettext_lazy("基线值"), required=False, max_digits=16, decimal_places=4)
    baseline_source = forms.CharField(label=gettext_lazy("基线来源"), required=False, max_length=200)
    reporter = RowField(
        label=gettext_lazy("填报单位"),
        required=False,
        help_text=gettext_lazy("县级填报的指标由它填；不选由办公室填。"),
    )
    verifier = RowField(label=gettext_lazy("核验单位"), required=False, help_text=gettext_lazy("不选由办公室核验。"))
    document = forms.CharField(label=gettext_lazy("依据文件"), required=False, max_length=160)
    document_no = forms.CharField(label=gettext_lazy("文号"), required=False, max_length=60)
    clause = forms.CharField(label=gettext_lazy("方案条款"), required=False, max_length=80)

    def __init__(self, actor: Actor, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = {pk: one for pk, one in units_by_id(actor, today).items() if not one.is_school}
        self.offer("reporter", units)
        self.offer("verifier", units)

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or {}
        if bool(held.get("formula")) == bool(held.get("reported_by")):
            self.add_error("formula", _("按公式计算的请写公式；由县或学校填报的不写公式。"))
        if (held.get("baseline") is None) != (held.get("baseline_period") is None):
            self.add_error("baseline", _("基线值和基线周期要么都填，要么都不填。"))
        return held


class IndicatorChangeForm(IndicatorForm, LockedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"]
        del self.fields["grain"]


class RetireForm(Form):
    reason = forms.CharField(label=gettext_lazy("停用原因"), max_length=300)


class TargetForm(Form):
    period = forms.IntegerField(
        label=gettext_lazy("周期"), min_value=2000, max_value=210012,
        help_text=gettext_lazy("学年填起始年，如 2026；按月的填 202609。"),
    )  # fmt: skip
    value = forms.DecimalField(
        label=gettext_lazy("目标值"),
        required=False,
        help_text=gettext_lazy("空着表示取消这个周期的目标。"),
        max_digits=16,
        decimal_places=4,
    )
