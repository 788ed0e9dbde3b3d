"""安义县 as its plan was published, and nothing beside it: names, codes and the text, kept as a draft."""

from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.people import queries as people
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan
from xietong.web.demonstration.casting import Part, hashed_password, play
from xietong.web.demonstration.moments import NOW, TODAY
from xietong.web.demonstration.plan_work import PUBLISHED
from xietong.web.demonstration.rows import keep

CODE = "360123"
GROUP = "安义县高校与县域基础教育协同提质行动工作领导小组"
UNITS: tuple[tuple[OrgKind, str, str, list[str]], ...] = (
    (OrgKind.LEADING_GROUP, GROUP, "领导小组", ["工作领导小组"]),
    (OrgKind.GROUP_OFFICE, f"{GROUP}办公室", "领导小组办公室", []),
    (OrgKind.BUREAU, "安义县教育体育局", "县教体局", []),
    (OrgKind.DEVELOPMENT_CENTRE, "安义县教师发展中心", "县教师发展中心", ["我县教师发展中心"]),
    (OrgKind.HIGH, "安义中学", "安义中学", []),
    (OrgKind.MIDDLE, "龙津中学", "龙津中学", []),
    (OrgKind.PRIMARY, "安义县第三小学", "安义三小", []),
    (OrgKind.KINDERGARTEN, "安义县幼儿园", "县幼儿园", []),
)
# Published division codes of the county's townships.
TOWNSHIPS = (
    ("100", "龙津镇"),
    ("101", "万埠镇"),
    ("102", "石鼻镇"),
    ("103", "鼎湖镇"),
    ("104", "长埠镇"),
    ("105", "东阳镇"),
    ("106", "黄洲镇"),
    ("200", "乔乐乡"),
    ("201", "长均乡"),
    ("202", "新民乡"),
    ("402", "江西安义工业园区"),
    ("501", "国营万埠垦殖场"),
)


def lay_anyi() -> Plan:
    """This function will enter the county, its university and the text of its plan."""
    county = County.objects.create(
        code=CODE, name="安义县", short_name="安义", city_name="南昌市", province_name="江西省"
    )
    Organisation.objects.create(
        kind=OrgKind.UNIVERSITY, name="豫章师范学院", short_name="豫章师院", code="4136013774", order=30
    )
    province = Organisation.objects.create(
        kind=OrgKind.PROVINCE, name="江西省教育厅", short_name="江西省教育厅", aliases=["江西省"], order=10
    )
    units = {row.kind: row for row in keep(organisations(county))}
    hashed = hashed_password()
    clerk = Part("anyi.office", "演示办公室", "", "演示", (Role.OFFICE,))
    watcher = Part("anyi.observer", "演示观察员", "", "演示", (Role.PROVINCE_OBSERVER,))
    office = play(clerk, units[OrgKind.GROUP_OFFICE.value], hashed)
    play(watcher, province, hashed)
    actor = people.actors_of(office.account_id or 0, TODAY)[0]
    name = "安义县高校与基础教育协同提质行动方案.txt"
    return actions.import_plan(actor, data=PUBLISHED.read_bytes(), name=name, now=NOW)


def organisations(county: County) -> list[Organisation]:
    rows = [
        Organisation(county=county, kind=kind, name=name, short_name=short, aliases=aliases, order=10 * n)
        for n, (kind, name, short, aliases) in enumerate(UNITS, start=1)
    ]
    rows += [
        Organisation(
            county=county,
            kind=OrgKind.TOWNSHIP,
            name=name,
            short_name=name,
            order=200 + n,
            place_code=f"{CODE}{code}",
        )
        for n, (code, name) in enumerate(TOWNSHIPS)
    ]
    return rows
