"""The published plan of 安义县, read in full: every expectation is what the text says."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xietong.areas.plans.rules.reader import (
    DocumentStatus,
    Kind,
    KnownOrganisation,
    MentionKind,
    Reading,
    outline_text,
    print_outline,
    read,
    to_json,
)

SEED = Path(__file__).parents[3] / "src/xietong/areas/plans/data/anyi.txt"
TEXT = SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(TEXT.split("\n"))


def numbers(reading: Reading, parent: str) -> list[str]:
    above = [clause.number for clause in reading.clauses].index(parent)
    return [clause.number for clause in reading.clauses if clause.parent == above]


def test_read_gives_title_and_preamble(reading: Reading) -> None:
    assert reading.title.words == "安义县高校与基础教育协同提质行动方案"
    assert reading.preamble.words.startswith("为贯彻落实江西省教育厅")
    assert reading.preamble.words.endswith("特制定本方案。")
    assert reading.warnings == ()


def test_read_gives_the_outline(reading: Reading) -> None:
    outline = [(clause.number, clause.heading, clause.kind.value) for clause in reading.clauses]

    assert outline == [
        ("一", "行动框架", "framework"),
        ("二", "工作目标", "goal"),
        ("三", "工作任务", "task"),
        ("三(一)", "打造一批优质学校", "task"),
        ("三(二)", "建设一支高素质教师队伍", "task"),
        ("三(二)·一", "", "task"),
        ("三(二)·二", "", "task"),
        ("三(二)·三", "实施教师梯队培养工程", "task"),
        ("三(二)·四", "", "task"),
        ("三(三)", "建立教研联合体", "task"),
        ("三(三)·一", "构建合作交流的平台", "task"),
        ("三(三)·二", "建立科学统一的教育教学管理制度", "task"),
        ("三(三)·三", "建立统一的质量诊断监控机制", "task"),
        ("三(四)", "建设师范生教育实习实践基地", "task"),
        ("三(五)", "推出一批基础教育精品课", "task"),
        ("四", "进度安排", "phase"),
        ("四(一)", "启动阶段(2023年11月)", "phase"),
        ("四(二)", "实施阶段(2023年12月—2026年8月)", "phase"),
        ("四(三)", "总结阶段(2026年9月)", "phase"),
        ("五", "组织保障", "guarantee"),
        ("五(一)", "加强组织领导", "guarantee"),
        ("五(二)", "完善工作机制", "guarantee"),
        ("五(三)", "落实经费保障", "guarantee"),
        ("五(四)", "强化监督检查", "guarantee"),
    ]


def test_read_nests_chapters_sections_and_items(reading: Reading) -> None:
    roots = [clause.number for clause in reading.clauses if clause.parent is None]

    assert roots == ["一", "二", "三", "四", "五"]
    assert numbers(reading, "三") == ["三(一)", "三(二)", "三(三)", "三(四)", "三(五)"]
    assert numbers(reading, "四") == ["四(一)", "四(二)", "四(三)"]
    assert numbers(reading, "五") == ["五(一)", "五(二)", "五(三)", "五(四)"]
    assert numbers(reading, "三(二)") == ["三(二)·一", "三(二)·二", "三(二)·三", "三(二)·四"]
    assert numbers(reading, "三(三)") == ["三(三)·一", "三(三)·二", "三(三)·三"]
    assert Counter(clause.level for clause in reading.clauses) == {1: 5, 2: 12, 3: 7}


def test_read_gives_items_the_words_between_their_numbers(reading: Reading) -> None:
    by_number = {clause.number: clause for clause in reading.clauses}

    assert by_number["三(三)·一"].text == "一是构建合作交流的平台。"
    assert by_number["三(三)·三"].text == "三是建立统一的质量诊断监控机制。"
    assert by_number["三(二)·四"].text.endswith("切实提高教师能力水平。")
    assert by_number["三(二)"].text.endswith(
        "打造我县教师成长基地。与此同时,健全完善我县音体美等专任教师考核评价管理办法,"
        "进一步激发音体美等专任教师积极性,为全面推进素质教育,落实“立德树人”“五育并举”要求奠定扎实基础。\n"
    )
    assert by_number["三(三)·二"].line == 12
    assert by_number["五(四)"].line == 24


def test_read_gives_the_phases(reading: Reading) -> None:
    phases = [(phase.name, phase.starts_on, phase.ends_on) for phase in reading.phases]

    assert phases == [
        ("启动阶段", date(2023, 11, 1), date(2023, 11, 30)),
        ("实施阶段", date(2023, 12, 1), date(2026, 8, 31)),
        ("总结阶段", date(2026, 9, 1), date(2026, 9, 30)),
    ]
    assert [phase.span.of(TEXT) for phase in reading.phases] == [
        "启动阶段(2023年11月)",
        "实施阶段(2023年12月—2026年8月)",
        "总结阶段(2026年9月)",
    ]


def test_read_names_the_organisations(reading: Reading) -> None:
    named = [
        (each.name, None if each.clause is None else reading.clauses[each.clause].number)
        for each in reading.organisations
        if each.kind is MentionKind.NAME
    ]

    assert named == [
        ("江西省教育厅", None),
        ("江西省高校与县域基础教育协同提质行动工作领导小组", "一"),
        ("安义中学", "三(一)"),
        ("龙津中学", "三(一)"),
        ("安义三小", "三(一)"),
        ("县幼儿园", "三(一)"),
        ("豫章师范学院", "三(一)"),
        ("豫章师范学院", "三(二)"),
        ("县教师发展中心", "三(二)"),
        ("豫章师范学院", "三(三)"),
        ("豫章师范学院", "三(三)"),
        ("豫章师范学院", "三(三)"),
        ("豫章师范学院", "三(四)"),
        ("安义县高校与县域基础教育协同提质行动工作领导小组", "五(一)"),
    ]
    assert all(each.key is None for each in reading.organisations)
    assert [each.text for each in reading.organisations if each.name == "县教师发展中心"] == ["我县教师发展中心"]


def test_read_tells_roles_from_names(reading: Reading) -> None:
    roles = [(each.text, each.name) for each in reading.organisations if each.kind is MentionKind.ROLE]

    assert [role for role in roles if role[1] != "高校"] == [
        ("教研联合体龙头学校", "龙头校"),
        ("教研联合体成员校", "成员校"),
        ("龙头校", "龙头校"),
        ("各成员校", "成员校"),
        ("教研联合体成员校", "成员校"),
        ("工作领导小组", "领导小组"),
        ("领导小组", "领导小组"),
    ]
    assert roles.count(("高校", "高校")) == 17


def test_read_knows_the_register() -> None:
    register = [
        KnownOrganisation("anyi3", "安义县第三小学", ("安义三小",)),
        KnownOrganisation("yznu", "豫章师范学院"),
        KnownOrganisation("centre", "安义县教师发展中心", ("县教师发展中心",)),
        KnownOrganisation("nobody", "不在文中的学校", ("",)),
    ]

    found = read(TEXT.split("\n"), register=register).organisations

    known = {(each.text, each.name, each.key) for each in found if each.key}
    assert known == {
        ("安义三小", "安义县第三小学", "anyi3"),
        ("豫章师范学院", "豫章师范学院", "yznu"),
        ("我县教师发展中心", "安义县教师发展中心", "centre"),
    }
    assert [each.key for each in found if each.name == "安义中学"] == [None]


def test_read_gives_cited_documents_with_numbers(reading: Reading) -> None:
    cited = [
        (each.name, each.number, each.clause) for each in reading.documents if each.status is DocumentStatus.CITED
    ]

    assert cited == [
        ("关于印发<江西省高校与县域基础教育协同提质行动方案>的通知", "赣教基字〔2023〕39号", None),
        ("关于申报全省高校与基础教育协同提质行动试点县(市、区)的通知", "赣教基字〔2023〕40号", None),
    ]


def test_read_gives_documents_to_issue(reading: Reading) -> None:
    to_issue = [
        (each.name, reading.clauses[each.clause or 0].number)
        for each in reading.documents
        if each.status is DocumentStatus.TO_ISSUE
    ]

    assert to_issue == [
        ("音体美等专任教师考核评价管理办法", "三(二)"),
        ("联盟协同运行机制", "五(二)"),
        ("专家干部教师挂职轮岗交流机制", "五(二)"),
        ("经费保障机制", "五(二)"),
        ("学校与教师激励机制", "五(二)"),
        ("专家进校服务机制", "五(二)"),
        ("监测和督导与考核评价机制", "五(二)"),
    ]


def test_read_gives_dates(reading: Reading) -> None:
    assert [(each.text, each.first_on, each.last_on, each.deadline_on) for each in reading.dates] == [
        ("到2026年", date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31)),
        ("2023年11月", date(2023, 11, 1), date(2023, 11, 30), None),
        ("2023年12月—2026年8月", date(2023, 12, 1), date(2026, 8, 31), None),
        ("2026年9月", date(2026, 9, 1), date(2026, 9, 30), None),
    ]


def test_read_gives_quantities(reading: Reading) -> None:
    found = [
        (each.text, each.value, each.unit, each.noun, reading.clauses[each.clause or 0].number)
        for each in reading.quantities
    ]

    assert found == [
        ("4所", Decimal(4), "所", "学校", "三(一)"),
        ("八个", Decimal(8), "个", "教研联合体", "三(三)"),
        ("三方", Decimal(3), "方", "教研联合体", "三(三)"),
        ("三点", Decimal(3), "点", "共同职责", "三(三)"),
        ("5%", Decimal(5), "%", "教师培训经费", "五(三)"),
    ]


def test_read_gives_named_enumerations(reading: Reading) -> None:
    assert [(each.items, each.noun) for each in reading.series] == [
        (("安义中学", "龙津中学", "安义三小", "县幼儿园"), "学校"),
        (("办学理念", "校园文化", "教师专业化", "课程教学", "教育评价", "治理水平"), "方面"),
        (("专家引领", "教研进校", "强校带动", "骨干教师交流轮岗", "优质教育资源共享"), "方式"),
        (("音体美劳", "心理健康", "科学", "信息技术"), "薄弱学科专任教师"),
        (("中小学校人才培养", "教学研究", "师资培养"), "工作"),
        (
            (
                "联盟协同运行机制",
                "专家干部教师挂职轮岗交流机制",
                "经费保障机制",
                "学校与教师激励机制",
                "专家进校服务机制",
                "监测和督导与考核评价机制",
            ),
            "配套制度",
        ),
        (("协同提质行动相关制度设计", "改革举措", "资源配置", "政策供给"), "方面"),
    ]


def test_outline_text_prints_the_plan_back(reading: Reading) -> None:
    assert outline_text(reading) == TEXT


def test_every_finding_stands_where_it_says(reading: Reading) -> None:
    for found in (*reading.organisations, *reading.dates, *reading.quantities):
        assert found.span.of(TEXT) == found.text
    for series in reading.series:
        assert tuple(span.of(TEXT) for span in series.spans) == series.items


def test_to_json_is_stable_and_plain(reading: Reading) -> None:
    plain = to_json(reading)

    assert list(plain) == sorted(plain)
    assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain
    assert plain == to_json(read(TEXT.split("\n")))
    assert plain["phases"] == [
        {
            "clause": 16,
            "ends_on": "2023-11-30",
            "name": "启动阶段",
            "span": {"end": 1774, "start": 1760},
            "starts_on": "2023-11-01",
        },
        {
            "clause": 17,
            "ends_on": "2026-08-31",
            "name": "实施阶段",
            "span": {"end": 1835, "start": 1813},
            "starts_on": "2023-12-01",
        },
        {
            "clause": 18,
            "ends_on": "2026-09-30",
            "name": "总结阶段",
            "span": {"end": 1893, "start": 1880},
            "starts_on": "2026-09-01",
        },
    ]


def test_print_outline_lists_the_plan(reading: Reading) -> None:
    assert print_outline(reading) == LISTING


def test_kinds_cover_every_chapter_of_the_plan(reading: Reading) -> None:
    assert {clause.kind for clause in reading.clauses} == set(Kind) - {Kind.OTHER}


LISTING = """\
安义县高校与基础教育协同提质行动方案
一、行动框架
二、工作目标
三、工作任务
  (一)打造一批优质学校
  (二)建设一支高素质教师队伍
    一是通过聚焦薄弱学科教师的培训培养,由高校为我县量身定制一批音体……
    二是聚焦课后服务兴趣拓展类课程指导教师的培训培养,依托高校丰富的……
    三是实施教师梯队培养工程
    四是对接高校选派一批优秀教师到我县中小学挂职或支教,积极参与中小……
  (三)建立教研联合体
    一是构建合作交流的平台
    二是建立科学统一的教育教学管理制度
    三是建立统一的质量诊断监控机制
  (四)建设师范生教育实习实践基地
  (五)推出一批基础教育精品课
四、进度安排
  (一)启动阶段(2023年11月)
  (二)实施阶段(2023年12月—2026年8月)
  (三)总结阶段(2026年9月)
五、组织保障
  (一)加强组织领导
  (二)完善工作机制
  (三)落实经费保障
  (四)强化监督检查
阶段（3）
  启动阶段 2023-11-01 至 2023-11-30
  实施阶段 2023-12-01 至 2026-08-31
  总结阶段 2026-09-01 至 2026-09-30
组织（9）
  江西省教育厅
  江西省高校与县域基础教育协同提质行动工作领导小组
  安义中学
  龙津中学
  安义三小
  县幼儿园
  豫章师范学院
  县教师发展中心
  安义县高校与县域基础教育协同提质行动工作领导小组
引用文件（2）
  《关于印发<江西省高校与县域基础教育协同提质行动方案>的通知》 赣教基字〔2023〕39号
  《关于申报全省高校与基础教育协同提质行动试点县(市、区)的通知》 赣教基字〔2023〕40号
应出台文件（7）
  音体美等专任教师考核评价管理办法
  联盟协同运行机制
  专家干部教师挂职轮岗交流机制
  经费保障机制
  学校与教师激励机制
  专家进校服务机制
  监测和督导与考核评价机制
"""
