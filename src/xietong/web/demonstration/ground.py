"""The ground of a county: its organisations, terms, agreement and leading group, as rows."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from xietong.areas.orgs.models import (
    Agreement,
    County,
    LeadingGroup,
    LeadingGroupUnit,
    Organisation,
    OrgKind,
    Term,
)
from xietong.web.demonstration import places
from xietong.web.demonstration.moments import EARLY
from xietong.web.demonstration.rows import keep

# From the first to the last school day of each term.
TERMS = (
    (2023, 1, date(2023, 9, 1), date(2024, 1, 26)),
    (2023, 2, date(2024, 2, 26), date(2024, 7, 5)),
    (2024, 1, date(2024, 9, 2), date(2025, 1, 17)),
    (2024, 2, date(2025, 2, 17), date(2025, 7, 4)),
    (2025, 1, date(2025, 9, 1), date(2026, 1, 30)),
    (2025, 2, date(2026, 3, 2), date(2026, 7, 10)),
    (2026, 1, date(2026, 9, 1), date(2027, 1, 22)),
)
UNIVERSITY_LATER = timedelta(days=7)


@dataclass(slots=True)
class Ground:
    """A county with its organisations by name."""

    county: County
    university: Organisation
    units: dict[str, Organisation] = field(default_factory=dict)
    schools: tuple[places.School, ...] = ()

    def __getitem__(self, name: str) -> Organisation:
        return self.units[name]

    def every(self) -> list[Organisation]:
        """Each organisation of the county once, in the order in which they were registered."""
        return list(dict.fromkeys(self.units.values()))


def lay_yunling() -> Ground:
    """This function will set up 云岭县 with everything that its people work in."""
    county = County.objects.create(
        code=places.CODE,
        name=places.NAME,
        short_name=places.SHORT,
        city_name=places.CITY,
        province_name=places.PROVINCE,
        is_fictional=True,
    )
    university = Organisation.objects.create(
        kind=OrgKind.UNIVERSITY,
        name=places.UNIVERSITY,
        short_name="云岭师院",
        aliases=["高校"],
        order=30,
    )
    ground = Ground(county, university, schools=places.schools())
    lay_government(ground)
    lay_schools(ground)
    lay_terms(ground)
    lay_cooperation(ground)
    return ground


def above_counties() -> tuple[Organisation, Organisation]:
    """The authorities of the fictional province and city, for their observers."""
    province = Organisation(
        kind=OrgKind.PROVINCE,
        name=f"{places.PROVINCE}教育厅",
        short_name="省教育厅",
        aliases=[places.PROVINCE],
        order=10,
    )
    city = Organisation(
        kind=OrgKind.CITY, name=f"{places.CITY}教育局", short_name="市教育局", aliases=[places.CITY], order=20
    )
    province.save()
    city.save()
    return province, city


def lay_government(ground: Ground) -> None:
    bureau = f"{places.NAME}教育体育局"
    rows = [
        unit(ground, OrgKind.LEADING_GROUP, places.GROUP, "领导小组", 10, ["工作领导小组"]),
        unit(ground, OrgKind.GROUP_OFFICE, f"{places.GROUP}办公室", "领导小组办公室", 20),
        unit(ground, OrgKind.BUREAU, bureau, "县教体局", 30, ["教体局"]),
        unit(ground, OrgKind.DEVELOPMENT_CENTRE, places.CENTRE, "教师发展中心", 60, ["我县教师发展中心"]),
    ]
    rows += [unit(ground, OrgKind.SECTION, f"{bureau}{name}", name, 40 + n) for n, name in enumerate(places.SECTIONS)]
    rows += [
        unit(ground, OrgKind.MEMBER_UNIT, f"云岭{name}", aliases[0].removeprefix("云岭县"), 70 + n, aliases)
        for n, (name, aliases) in enumerate(places.UNITS)
    ]
    rows += [
        unit(ground, OrgKind.TOWNSHIP, name, name.removeprefix("国营"), 80 + n, place=f"{places.CODE}{code}")
        for n, (code, name) in enumerate(places.TOWNSHIPS)
    ]
    register(ground, rows)
    for row in rows:
        if row.kind in {OrgKind.SECTION, OrgKind.DEVELOPMENT_CENTRE}:
            row.parent = ground[bureau]
        elif row.kind == OrgKind.GROUP_OFFICE:
            row.parent = ground[places.GROUP]
    Organisation.objects.bulk_update(rows, ["parent"])


def lay_schools(ground: Ground) -> None:
    codes = {name: f"{places.CODE}{code}" for code, name in places.TOWNSHIPS}
    rows = [
        unit(ground, one.kind, one.name, one.short, 200 + n, list(one.other_names), place=codes[one.township])
        for n, one in enumerate(ground.schools)
    ]
    bureau = ground[f"{places.NAME}教育体育局"]
    for n, (row, one) in enumerate(zip(rows, ground.schools, strict=True)):
        row.parent = bureau
        row.opened_on = date(1996 + n % 23, 9, 1) if one.kind == OrgKind.KINDERGARTEN else None
        row.closed_on = one.closed_on
        row.urban_rural = urban_rural(one)
    register(ground, rows)
    for row, one in zip(rows, ground.schools, strict=True):
        row.files_through = ground.units.get(one.through)
        row.merged_into = ground.units.get(one.merged_into)
    Organisation.objects.bulk_update(rows, ["files_through", "merged_into"])


def urban_rural(school: places.School) -> str:
    """The class of JY/T 1001: town centre, township centre, village."""
    if school.through:
        return "220"
    return "121" if school.township == "云溪镇" else "210"


def unit(
    ground: Ground,
    kind: OrgKind,
    name: str,
    short: str,
    order: int,
    aliases: list[str] | None = None,
    place: str = "",
) -> Organisation:
    return Organisation(
        county=ground.county,
        kind=kind,
        name=name,
        short_name=short,
        aliases=aliases or [],
        order=order,
        place_code=place,
    )


def register(ground: Ground, rows: list[Organisation]) -> None:
    """Inserts organisations; they are found by their full name, and sections and units by their short one."""
    for row in keep(rows):
        ground.units[row.name] = row
        ground.units.setdefault(row.short_name, row)


def lay_terms(ground: Ground) -> None:
    keep(
        Term(county=ground.county, year=year, half=half, starts_on=first, ends_on=last)
        for year, half, first, last in TERMS
    )
    keep(
        Term(university=ground.university, year=year, half=half, starts_on=first, ends_on=last - UNIVERSITY_LATER)
        for year, half, first, last in TERMS
    )


def lay_cooperation(ground: Ground) -> None:
    Agreement.objects.create(
        county=ground.county,
        university=ground.university,
        title=f"{places.UNIVERSITY}与{places.NAME}协同提质合作协议",
        document_no="演示协〔2024〕1号",
        signed_on=EARLY,
        from_on=EARLY,
        to_on=date(2027, 8, 31),
    )
    group = LeadingGroup.objects.create(
        county=ground.county,
        organisation=ground[places.GROUP],
        document=f"关于成立{places.GROUP}的通知",
        document_no="演示字〔2024〕2号",
        founded_on=date(2024, 11, 20),
    )
    bureau = ground[f"{places.NAME}教育体育局"]
    seats = [(bureau, LeadingGroupUnit.Duty.OFFICE), (ground["教师发展中心"], LeadingGroupUnit.Duty.TASK_FORCE)]
    seats += [(ground[f"云岭{name}"], LeadingGroupUnit.Duty.MEMBER) for name, _aliases in places.UNITS]
    keep(LeadingGroupUnit(group=group, unit=one, duty=duty, from_on=group.founded_on) for one, duty in seats)
