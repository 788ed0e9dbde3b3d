"""Names of organisations told by their shape: an ending that says what it is, and where the name begins."""

import re
from collections.abc import Iterator

from xietong.areas.plans.rules.reader.characters import HAN
from xietong.areas.plans.rules.reader.spans import MASK, Span

_SCHOOLS = "职业技术学校|特殊教育学校|实验学校|职业学校|九年一贯制学校|中学|小学|幼儿园|学院|大学"
_OFFICES = (
    "教育科技体育局|教科体局|卫生健康委员会|卫生健康委|卫生健康局|卫健委|卫健局|民政局|公安局|司法局|文化广电旅游局|文化和旅游局|"
    "文旅局|文广旅局|市场监督管理局|市场监管局|住房和城乡建设局|住建局|自然资源局|交通运输局|应急管理局|农业农村局|乡村振兴局|"
    "科技局|统计局|审计局|发展和改革委员会|发展改革委|发改委|民宗局|工信局|医保局|税务局|城管局|水利局|消防救援大队|"
    "人民检察院|人民法院|检察院|法院|机构编制委员会办公室|委组织部|委宣传部|委政法委|委统战部|委办公室|政府办公室|政府办|委办|"
    "残疾人联合会|残联|妇女联合会|妇联|团委|关工委|总工会|融媒体中心|少年宫|青少年活动中心|街道办事处|"
    "中心学校|教师进修学校|教育发展研究院|教研中心|人民政府办公室|人民政府办公厅|"
    "领导小组办公室|领导小组|教师发展中心|教育体育局|教育局|教体局|教育厅|教育部|财政局|财政厅|人民政府|"
    "人力资源和社会保障局|人社局|编办|督导室|教研室|教科所|电教馆"
)
# 中学生 is a pupil, 中小学校 any school, 小学部 a part of one.
_ENDING = re.compile(
    rf"(?P<school>(?<!中)(?:{_SCHOOLS})(?:附属(?:{_SCHOOLS})|附[小中幼])?(?![生部段校园]))|(?P<office>{_OFFICES})"
    rf"|(?P<short>[一二三四五六七八九十]{{1,2}}[小中幼](?=[^{HAN}]|$|[等和与及的为由要应将]|牵头|负责|承办|配合|参加))"
)
_LONGEST_SCHOOL, _LONGEST_OFFICE = 16, 40

# What may stand in front of a name without a mark between them.
_LEAD = re.compile(
    "选择|选取|新建|改扩建|扩建|办好|报告|报送|上报|报(?=[省市县区我])|确定|依托|依靠|落实|贯彻|成立|设立|组建|支持|指导|帮助|对接|会同|联合|根据|按照|依据|加强|推动|促进|"
    "包括|建设|打造|其中|参加|前往|委托|邀请|结合|围绕|通过|以及|进入|安排|负责|"
    "在|到|将|把|被|(?<!自)由|(?<![有作])为|向(?![阳前荣明善上东])|对|各"
)
# Offices of which a county has one, so that people leave out whose it is.
_ANYWHERE = re.compile(
    "(?:教育体育|教育|教体|财政|民政|公安|司法|文旅|卫健|市场监管|住建|交通运输|应急管理|农业农村|人力资源和社会保障|人社|审计|统计|发展改革)局|卫健委|发改委|编办"
)
_JOIN = re.compile("以及|[和与及或]")
_ANY = re.compile(
    r"(?:全|本|我|各|外)?[国省市县区]?(?:内|级|域)?(?:所有|部分|有关|相关|试点|城乡|乡镇|农村|城区|城镇|优质|薄弱|公办|民办|普惠性|"
    r"初级|高级|完全|普通|高等|独立|师范|二级|示范|重点|中心|九年一贯制|义务教育|工作|同级|上级|每)*"
    r"(?:[0-9一二三四五六七八九十几两多]*[所个家])?"
)
_OWN = re.compile("[我本共]?青?团?[省市县区]|团")


def spans(folded: str) -> Iterator[Span]:
    """This function will return where names of organisations stand, in order."""
    floor = 0
    for ending in _ENDING.finditer(folded):
        start = _start(folded, ending, floor)
        core = folded[start : ending.start()]
        if _is_name(core, ending):
            yield Span(start, ending.end())
        floor = ending.end()


def _start(folded: str, ending: re.Match[str], floor: int) -> int:
    """The name begins after the last mark, name before it, or word that leads in."""
    longest = _LONGEST_OFFICE if ending["office"] else _LONGEST_SCHOOL
    start = ending.start()
    while start > floor and ending.start() - start <= longest and re.match(f"[{HAN}]", folded[start - 1]):
        start -= 1
    joined = 0 < start == floor or folded[start - 1 : start] == MASK
    if joined and (join := _JOIN.match(folded, start)):
        start = join.end()
    leads = [lead.end() for lead in _LEAD.finditer(folded, start, ending.start())]
    return max(leads, default=start)


def _is_name(core: str, ending: re.Match[str]) -> bool:
    """A name has something of its own before the ending; 我县中学 and 各小学 are any school."""
    if len(core) > (_LONGEST_OFFICE if ending["office"] else _LONGEST_SCHOOL):
        return False
    if ending["office"] and (_OWN.fullmatch(core) or not core):
        return bool(core) or _ANYWHERE.fullmatch(ending["office"]) is not None
    if core in {"县", "市"}:
        return True
    return _ANY.fullmatch(core) is None
