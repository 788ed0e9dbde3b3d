"""Builders of texts of rules, in the manner of `tests.planning`: rows as they stand."""

from itertools import count
from typing import Any

from tests.build import LONG_AGO
from xietong.areas.mechanisms.models import Edition, Mechanism, Opinion, Receipt
from xietong.areas.orgs.models import County, Organisation

SERIAL = count(1)


def mechanism(*, county: County, title: str = "", **fields: Any) -> Mechanism:
    fields = {"kind": "mechanism", "title": title or f"联盟运行机制{next(SERIAL)}"} | fields
    return Mechanism.objects.create(county=county, **fields)


def edition(*, mechanism: Mechanism, number: int = 1, state: str = "draft", **fields: Any) -> Edition:
    usual: dict[str, Any] = {"round": int(state == "consulting"), "text": "第一条 每月例会。\n第二条 各校参加。"}
    if state == "enacted":
        usual["in_force_from"] = LONG_AGO
    rows = {"county": mechanism.county, "mechanism": mechanism, "number": number, "state": state}
    return Edition.objects.create(**rows, **usual | fields)


def opinion(*, edition: Edition, unit: Organisation, **fields: Any) -> Opinion:
    return Opinion.objects.create(county=edition.county, edition=edition, unit=unit, **fields)


def receipt(*, edition: Edition, unit: Organisation, **fields: Any) -> Receipt:
    return Receipt.objects.create(county=edition.county, edition=edition, unit=unit, **fields)
