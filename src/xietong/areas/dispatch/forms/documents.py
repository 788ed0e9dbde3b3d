"""The shape of what is asked about bulletins, circulars and minutes as documents."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.dispatch import queries
from xietong.kit.forms.base import Form, LockedForm
from xietong.kit.forms.fields import DateField, RowField

LABELS = {
    "mark": gettext_lazy("文头名称（红色大字）"),
    "unit": gettext_lazy("编印（印发）单位"),
    "signer": gettext_lazy("署名"),
    "addressee": gettext_lazy("主送"),
    "reported_to": gettext_lazy("报"),
    "sent_to": gettext_lazy("送"),
    "issued_to": gettext_lazy("发"),
    "copied_to": gettext_lazy("抄送"),
}
NEEDED = ("mark", "unit", "signer")
LONGEST = {"mark": 60, "unit": 60, "signer": 60}


class DraftForm(Form):
    """Which document, and on what: a month, or a meeting whose minutes are fixed."""

    kind = forms.ChoiceField(label=gettext_lazy("文种"), choices=queries.document_kinds)
    cycle = RowField(label=gettext_lazy("月调度"), required=False, help_text=gettext_lazy("简报、通报写哪一期。"))
    meeting = RowField(
        label=gettext_lazy("会议"), required=False, help_text=gettext_lazy("纪要写哪次会议，列出的是已定稿的。")
    )

    def __init__(self, cycles: Any, meetings: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("cycle", cycles)
        self.offer("meeting", meetings)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        needed, other = ("meeting", "cycle") if found.get("kind") == "minutes" else ("cycle", "meeting")
        if not found.get(needed) and needed not in self.errors:
            self.add_error(needed, _("请选择。"))
        found[other] = None
        return found


class EditForm(LockedForm):
    """The words of a draft: a heading and a text for each section, whether its list and chart stay, one more."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)

    def __init__(self, sections: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = list(sections)
        for one in self.sections:
            self.fields |= section_fields(str(one.pk), one)
        self.fields |= section_fields("new", None)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The fields of each section, those of one more last."""
        return [self.part(str(one.pk), one) for one in self.sections] + [self.part("new", None)]

    def part(self, key: str, section: Any) -> dict[str, Any]:
        names = (*WORDS, *(KEPT if section else ()))
        fields = {name: self[f"{name}_{key}"] for name in names if f"{name}_{key}" in self.fields}
        return {"section": section, **fields}

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return {
            "version": data["version"],
            "title": data["title"],
            "sections": {one.pk: self.typed(str(one.pk)) for one in self.sections},
            "added": self.typed("new"),
        }

    def typed(self, key: str) -> dict[str, Any]:
        names = {name: f"{name}_{key}" for name in (*WORDS, *KEPT)}
        return {name: self.cleaned_data[field] for name, field in names.items() if field in self.cleaned_data}


WORDS, KEPT = ("heading", "text"), ("has_listing", "has_graph")


def section_fields(key: str, section: Any) -> dict[str, forms.Field]:
    lines = min(16, 3 + len(section.text) // 60 + section.text.count("\n")) if section else 3
    box = forms.Textarea(attrs={"rows": lines, "class": "form-control", "lang": "zh-CN"})
    line = forms.TextInput(attrs={"class": "form-control", "lang": "zh-CN"})
    fields: dict[str, forms.Field] = {
        f"heading_{key}": forms.CharField(
            label=_("小标题"), max_length=60, required=False, widget=line, initial=section.heading if section else ""
        ),
        f"text_{key}": forms.CharField(
            label=_("文字"), max_length=20000, required=False, widget=box, initial=section.text if section else ""
        ),
    }
    for name, there, label in kept_of(section):
        tick = forms.CheckboxInput(attrs={"class": "form-check-input"})
        fields[f"{name}_{key}"] = forms.BooleanField(label=label, required=False, widget=tick, initial=there)
    return fields


def kept_of(section: Any) -> Iterable[tuple[str, bool, str]]:
    if section and section.listing:
        yield "has_listing", section.has_listing, _("附表“%(name)s”") % {"name": section.listing}
    if section and section.graph:
        yield "has_graph", section.has_graph, _("附图“%(name)s”") % {"name": section.graph}


class NamingForm(Form):
    unit = RowField(label=gettext_lazy("单位"))
    matter = forms.CharField(label=gettext_lazy("事项"), max_length=200)
    is_praise = forms.BooleanField(
        label=gettext_lazy("表扬或一般提及"),
        required=False,
        help_text=gettext_lazy("不需要单位说明，但仍由签发人勾选。"),
    )

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units)


class AskForm(Form):
    reply_by = DateField(
        label=gettext_lazy("说明期限"), help_text=gettext_lazy("单位会收到消息和待办；到期没有说明的，照样可以送审。")
    )


class TickForm(Form):
    """Which units are named; nothing is ticked beforehand."""

    named = forms.MultipleChoiceField(
        label=gettext_lazy("勾选要点名的单位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("没有勾选的不会出现在正式文件里。"),
    )

    def __init__(self, namings: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["named"]
        field.choices = [(str(one.pk), f"{one.unit} · {one.matter}") for one in namings]

    def clean_named(self) -> set[int]:
        return {int(one) for one in self.cleaned_data["named"]}


class NumberForm(Form):
    document_no = forms.CharField(
        label=gettext_lazy("文号"),
        max_length=60,
        help_text=gettext_lazy("照局办公系统编的写，如“云教字〔2026〕12号”。已冻结的数字不受影响。"),
    )


class ArchiveForm(Form):
    archive_no = forms.CharField(label=gettext_lazy("档号"), max_length=60, required=False)


class CodeForm(Form):
    code = forms.CharField(label=gettext_lazy("校验码"), max_length=12, help_text=gettext_lazy("在每页的页脚。"))


class LetterheadForm(LockedForm):
    """The places of one kind of document. The version is 0 where the county has set nothing yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, places: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in places:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                max_length=LONGEST.get(name, 200),
                required=name in NEEDED,
                widget=forms.TextInput(attrs={"class": "form-control", "lang": "zh-CN"}),
            )


class TemplateForm(Form):
    file = forms.FileField(
        label=gettext_lazy("模板文件"),
        help_text=gettext_lazy(".docx，不超过 2 MB；有错的地方会逐处指出，改好以前不会启用。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx", "class": "form-control"}),
    )
