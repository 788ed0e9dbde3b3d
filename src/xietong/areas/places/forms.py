"""The shape of what this area asks for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xietong.areas.places import queries
from xietong.areas.places.rules.assumptions import LARGEST, LONGEST, Assumptions, Trio
from xietong.areas.places.rules.stages import STAGES
from xietong.kit.accounts.actor import Actor
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField


class TownshipForm(Form):
    """A form that picks a township."""

    township = RowField(label=_("乡镇"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("township", queries.townships_by_id(actor))


class BirthsForm(Form):
    births = forms.IntegerField(label=_("出生人数"), min_value=0)
    source = forms.ChoiceField(label=_("来源"), choices=queries.source_choices)
    as_of = DateField(label=_("时点"))
    note = forms.CharField(
        label=_("说明"), max_length=200, required=False, help_text=_("人数明显多于该乡镇其他年份的，写明原因。")
    )


class BirthsEnterForm(TownshipForm, BirthsForm):
    year = forms.TypedChoiceField(label=_("出生年度"), coerce=int, help_text=_("从 9 月 1 日到次年 8 月 31 日。"))

    field_order = ("township", "year", "births", "source", "as_of", "note")

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = queries.cohort_choices(today)


class BirthsChangeForm(BirthsForm, LockedForm):
    pass


class StagesForm(Form):
    """A form with a number for each stage."""

    kindergarten = forms.IntegerField(label=_("学前"), min_value=0, initial=0)
    primary = forms.IntegerField(label=_("小学"), min_value=0, initial=0)
    middle = forms.IntegerField(label=_("初中"), min_value=0, initial=0)
    high = forms.IntegerField(label=_("高中"), min_value=0, initial=0)


class HousingForm(TownshipForm, StagesForm):
    name = forms.CharField(label=_("住房项目"), max_length=80)
    year = forms.IntegerField(
        label=_("入住学年（起始年）"), min_value=2000, max_value=2100, help_text=_("如 2026—2027 学年填 2026。")
    )
    certainty = forms.ChoiceField(
        label=_("进度"), choices=queries.certainty_choices, help_text=_("测算时按进度打折，比例见规则表。")
    )

    field_order = ("name", "township", "year", "certainty", *STAGES)


class HousingChangeForm(HousingForm, LockedForm):
    pass


class ProjectForm(TownshipForm, StagesForm):
    name = forms.CharField(label=_("项目名称"), max_length=120)
    school = RowField(label=_("学校"), required=False, help_text=_("新建的学校还没有设立的，可不选。"))
    kind = forms.ChoiceField(label=_("建设类型"), choices=queries.project_kinds)
    state = forms.ChoiceField(label=_("进度"), choices=queries.project_stages)
    due_on = DateField(label=_("计划交付"), help_text=_("9 月 1 日以前交付的，当年秋季起计入学位。"))
    note = forms.CharField(label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    field_order = ("name", "township", "school", "kind", "state", "due_on", *STAGES, "note")

    def __init__(self, actor: Actor, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.offer("school", queries.schools_by_id(actor, today))
        for stage in STAGES:
            self.fields[stage].label = _("%(stage)s新增学位") % {"stage": self.fields[stage].label}


class ProjectChangeForm(ProjectForm, LockedForm):
    pass


class DeliveryForm(Form):
    delivered_on = DateField(label=_("交付日期"))


class EvidenceForm(Form):
    """Files only."""


class ReasonForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SettleForm(LockedForm):
    opinion = forms.CharField(
        label=_("审定意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(LockedForm):
    opinion = forms.CharField(label=_("退回原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def percent(label: Any, **kwargs: Any) -> forms.FloatField:
    return forms.FloatField(label=label, **kwargs)


class ScenarioForm(Form):
    """Assumptions, flat; `assumed` puts them together."""

    name = forms.CharField(label=_("方案名称"), max_length=80)
    base_year = forms.TypedChoiceField(
        label=_("基准学年"), coerce=int, help_text=_("从这个学年的学年资料起算；以前各学年的资料用来算升班比例。")
    )
    births_low = percent(_("出生数年变动·低（%）"), help_text=_("只用于还没有出生数的年份，与上一年比。"))
    births_middle = percent(_("出生数年变动·中（%）"))
    births_high = percent(_("出生数年变动·高（%）"))
    migration_low = percent(_("新建住房入学·低（%）"), help_text=_("占“新建住房”里预计学生的比例。"))
    migration_middle = percent(_("新建住房入学·中（%）"))
    migration_high = percent(_("新建住房入学·高（%）"))
    entry = forms.ChoiceField(label=_("入学率"), choices=queries.entry_choices)
    size_kindergarten = forms.IntegerField(label=_("学前班额"), min_value=1, max_value=LARGEST)
    size_primary = forms.IntegerField(label=_("小学班额"), min_value=1, max_value=LARGEST)
    size_middle = forms.IntegerField(label=_("初中班额"), min_value=1, max_value=LARGEST)
    size_high = forms.IntegerField(label=_("高中班额"), min_value=1, max_value=LARGEST)
    usable = percent(_("普通教室可用比例（%）"), min_value=1, max_value=100)
    horizon = forms.IntegerField(label=_("预测年限"), min_value=1, max_value=LONGEST)
    seed = forms.IntegerField(
        label=_("随机种子"), min_value=0, max_value=2**31, help_text=_("种子相同，区间就相同，便于复核。")
    )

    def __init__(self, years: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["base_year"]
        field.choices = years

    def clean(self) -> dict[str, Any]:
        """What goes to the action: the name, the base year and the assumptions as one value."""
        data = self.cleaned_data
        if self.errors:
            return data
        kept = {name: data[name] for name in ("name", "base_year", "version") if name in data}
        return kept | {"assumed": assumed(data)}


class ScenarioChangeForm(ScenarioForm, LockedForm):
    pass


def assumed(data: Any) -> Assumptions:
    def trio(name: str) -> Trio:
        return Trio(*(data[f"{name}_{which}"] for which in ("low", "middle", "high")))

    sizes = {stage: data[f"size_{stage}"] for stage in STAGES}
    return Assumptions(
        trio("births"), trio("migration"), data["entry"], sizes, data["usable"], data["horizon"], data["seed"]
    )


def flat(one: Assumptions) -> dict[str, Any]:
    """Assumptions as the form shows them."""
    trios = {
        f"{name}_{which}": shown(getattr(getattr(one, name), which))
        for name in ("births", "migration")
        for which in ("low", "middle", "high")
    }
    sizes = {f"size_{stage}": one.sizes[stage] for stage in STAGES}
    rest = {"entry": one.entry, "usable": shown(one.usable), "horizon": one.horizon, "seed": one.seed}
    return {**trios, **sizes, **rest}


def shown(value: float) -> float:
    """Without decimals where it has none."""
    return int(value) if value == int(value) else value
