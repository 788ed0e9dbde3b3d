"""Loading what areas ship, and reading the rules that hold for a county on a day."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from xietong.kit.errors import NotReady
from xietong.kit.ruletable.models import Rule

FILE = Path("data") / "rules.toml"


def shipped() -> list[dict[str, Any]]:
    """Every rule that an area ships in its `data/rules.toml`."""
    found = []
    for config in apps.get_app_configs():
        file = Path(config.path) / FILE
        if file.is_file():
            found += tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
    return found


def load() -> int:
    """This function will add or refresh the shipped rules; a county's own values are never touched."""
    rows = shipped()
    for row in rows:
        values = {**row, "value": str(row["value"])}
        Rule.objects.update_or_create(
            code=values.pop("code"),
            county_id=None,
            effective_from=values.pop("effective_from"),
            defaults=values,
        )
    return len(rows)


def in_force(county_id: int | None, on: date, *, prefix: str) -> Mapping[str, Rule]:
    """The rules whose code starts with `prefix` for a county on a day; its own value wins, then the latest."""
    rows = Rule.objects.filter(
        Q(county_id=county_id) | Q(county_id=None),
        Q(effective_to=None) | Q(effective_to__gte=on),
        effective_from__lte=on,
        code__startswith=prefix,
    )
    ordered = sorted(rows, key=lambda rule: (rule.county_id is not None, rule.effective_from))
    return {rule.code: rule for rule in ordered}


def value_of(rules: Mapping[str, Rule], code: str) -> str:
    """The value of a rule that nothing can be decided without.

    Raises
        NotReady: the table does not have it on that day; says who must do what.
    """
    if code not in rules:
        raise NotReady(
            _("规则表里没有当日有效的规则 %(code)s。请系统管理员在服务器上运行 xietong migrate，并核对服务器日期。")
            % {"code": code}
        )
    return rules[code].value


def is_loaded() -> bool:
    """Whether every rule that the areas ship is in the table."""
    known = Rule.objects.filter(county_id=None).values_list("code", flat=True)
    return {row["code"] for row in shipped()} <= set(known)
