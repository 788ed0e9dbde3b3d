"""云岭县 as data: a county that does not exist, with about eighty schools and kindergartens."""

from dataclasses import dataclass
from datetime import date

from xietong.areas.orgs.models import OrgKind

CODE, NAME, SHORT = "999901", "云岭县", "云岭"
CITY, PROVINCE = "云岭市", "云山省"
UNIVERSITY = "云岭师范学院"
GROUP = f"{NAME}高校与县域基础教育协同提质行动工作领导小组"
CENTRE = f"{NAME}教师发展中心"
SCHOOL, LEAD = "云岭县第三小学", "云岭县第一小学"
CENTRAL = "石桥镇中心小学"
POINT = OrgKind.TEACHING_POINT

TOWNSHIPS = (
    ("100", "云溪镇"),
    ("101", "石桥镇"),
    ("102", "青湖镇"),
    ("103", "白沙镇"),
    ("104", "长岭镇"),
    ("105", "东坪镇"),
    ("106", "黄田镇"),
    ("200", "竹山乡"),
    ("201", "双溪乡"),
    ("202", "新塘乡"),
    ("402", "云岭工业园区"),
    ("501", "国营红岩垦殖场"),
)
SECTIONS = ("办公室", "基教股", "人事股", "计财股", "职成股", "督导室", "体卫艺股", "安全股")
UNITS = (
    ("县财政局", ["云岭县财政局"]),
    ("县人力资源和社会保障局", ["人社局", "县人社局"]),
    ("县委机构编制委员会办公室", ["编办", "县委编办"]),
    ("县发展和改革委员会", ["发改委", "县发改委"]),
)
VILLAGES = (
    "上坪",
    "下湾",
    "大塘",
    "枫树",
    "杨林",
    "桃源",
    "古井",
    "竹溪",
    "水口",
    "松岗",
    "桥头",
    "龙潭",
    "茶园",
    "梅山",
    "柳塘",
)


@dataclass(frozen=True, slots=True)
class School:
    """One school: what it is, where, how many work there, and through which other it files."""

    name: str
    short: str
    kind: OrgKind
    township: str
    staff: int
    through: str = ""
    other_names: tuple[str, ...] = ()
    closed_on: date | None = None
    merged_into: str = ""


def schools() -> tuple[School, ...]:
    """Every school and kindergarten in official order."""
    return (*upper_schools(), *town_schools(), *township_schools(), *kindergartens(), closed_school())


def upper_schools() -> list[School]:
    town = "云溪镇"
    return [
        School("云岭中学", "云岭中学", OrgKind.HIGH, town, 210),
        School("云岭县第二中学", "云岭二中", OrgKind.COMPLETE_MIDDLE, town, 165),
        School("云溪中学", "云溪中学", OrgKind.MIDDLE, town, 115),
        School("云岭县第三中学", "云岭三中", OrgKind.MIDDLE, town, 105),
        School("云岭县职业技术学校", "云岭职校", OrgKind.VOCATIONAL, town, 84),
        School("云岭县特殊教育学校", "特教学校", OrgKind.SPECIAL, town, 24),
    ]


def town_schools() -> list[School]:
    sizes = (("一", 110), ("二", 92), ("三", 84), ("四", 76), ("五", 66), ("六", 58))
    return [
        School(f"云岭县第{n}小学", f"{n}小", OrgKind.PRIMARY, "云溪镇", staff, other_names=(f"云岭{n}小",))
        for n, staff in sizes
    ]


def township_schools() -> list[School]:
    """A middle and a central school in each town, a nine-year school elsewhere; the villages file through them."""
    found: list[School] = []
    names = iter(VILLAGES * 2)
    for at, (code, township) in enumerate(TOWNSHIPS):
        place = township.removeprefix("国营").removesuffix("垦殖场")[:2]
        if code == "402":
            continue
        if code >= "200":
            central = School(f"{place}学校", f"{place}学校", OrgKind.NINE_YEAR, township, 40 + at)
            found.append(central)
        else:
            central = School(f"{township}中心小学", f"{place}中心小学", OrgKind.PRIMARY, township, 44 + at)
            if code != "100":
                found.append(School(f"{place}中学", f"{place}中学", OrgKind.MIDDLE, township, 54 + at))
            found.append(central)
        count = 3 if code < "200" else 2
        found += [village_school(next(names), place, township, central.name, n) for n in range(count)]
    return found


def village_school(village: str, place: str, township: str, through: str, n: int) -> School:
    name = f"{place}{village}{'教学点' if n else '小学'}"
    return School(name, name, POINT, township, 4 if n else 8, through)


def kindergartens() -> list[School]:
    town = [
        School("云岭县幼儿园", "县幼儿园", OrgKind.KINDERGARTEN, "云溪镇", 58),
        School("云岭县第二幼儿园", "二幼", OrgKind.KINDERGARTEN, "云溪镇", 44),
        School("云岭县第三幼儿园", "三幼", OrgKind.KINDERGARTEN, "云溪镇", 36),
    ]
    central = [
        School(f"{township}中心幼儿园", f"{township[:2]}中心园", OrgKind.KINDERGARTEN, township, 15)
        for code, township in TOWNSHIPS
        if code < "300"
    ]
    private = ("小星星", "金色摇篮", "阳光", "童心", "启明", "春芽", "蓝天", "彩虹")
    return [
        *town,
        *central,
        *(School(f"{one}幼儿园", f"{one}幼儿园", OrgKind.KINDERGARTEN, "云溪镇", 14) for one in private),
    ]


def closed_school() -> School:
    return School(
        "黄田老街小学",
        "老街小学",
        OrgKind.PRIMARY,
        "黄田镇",
        0,
        closed_on=date(2025, 7, 31),
        merged_into="黄田镇中心小学",
    )
