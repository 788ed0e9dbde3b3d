"""What is found inside sentences: numerals, dates, figures, series, documents, organisations, doers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.plans.rules.reader import KnownOrganisation, Proposal, Waits, proposals, read
from xietong.areas.plans.rules.reader.numbers import parse, spelled

Day = tuple[int, int, int]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("两千", 2_000),
        ("三千零五十", 3_050),
        ("二〇二三", 2023),
        ("一万二千", 12_000),
        ("一亿二千万", 120_000_000),
        ("一万亿", 1_000_000_000_000),
    ],
)
def test_parse_reads_numerals(text: str, value: int) -> None:
    assert parse(text) == value


@pytest.mark.parametrize("text", ["", "甲", "十甲", "1.5"])
def test_parse_refuses_other_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"invalid literal|不是数字"):
        parse(text)


@given(st.integers(min_value=0, max_value=200))
def test_spelled_numerals_parse_back(value: int) -> None:
    assert parse(spelled(value)) == value


def test_spelled_writes_clause_numbers() -> None:
    assert [spelled(value) for value in (0, 1, 10, 11, 20, 99, 100)] == [
        "0", "一", "十", "十一", "二十", "九十九", "100",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first", "last", "deadline"),
    [
        ("2025年", (2025, 1, 1), (2025, 12, 31), None),
        ("２０２４年２月", (2024, 2, 1), (2024, 2, 29), None),
        ("二〇二三年十一月五日", (2023, 11, 5), (2023, 11, 5), None),
        ("2023—2025年", (2023, 1, 1), (2025, 12, 31), None),
        ("2023年-2024年6月", (2023, 1, 1), (2024, 6, 30), None),
        ("2023年11月5日至8日", (2023, 11, 5), (2023, 11, 8), None),
        ("2023年9月到12月", (2023, 9, 1), (2023, 12, 31), None),
        ("到2026年", (2026, 1, 1), (2026, 12, 31), (2026, 12, 31)),
        ("截至2025年6月", (2025, 6, 1), (2025, 6, 30), (2025, 6, 30)),
        ("2025年底前", (2025, 1, 1), (2025, 12, 31), (2025, 12, 31)),
        ("2025年6月前", (2025, 6, 1), (2025, 6, 30), (2025, 5, 31)),
        ("2025年6月30日前", (2025, 6, 30), (2025, 6, 30), (2025, 6, 30)),
    ],
)
def test_read_gives_first_and_last_day(text: str, first: Day, last: Day, deadline: Day | None) -> None:
    (found,) = read([f"甲{text}乙"]).dates

    assert found.text == text
    assert (found.first_on, found.last_on) == (date(*first), date(*last))
    assert found.deadline_on == (date(*deadline) if deadline else None)


@pytest.mark.parametrize("text", ["2023年13月", "2023年2月30日", "0001年前", "〇〇〇〇年"])
def test_read_reports_days_that_do_not_exist(text: str) -> None:
    reading = read(["某方案", f"在{text}完成"])

    assert reading.dates == ()
    assert [(each.code.value, each.line, each.found) for each in reading.warnings] == [
        ("no_numbering", 1, ""),
        ("date_unreadable", 2, text),
    ]


@pytest.mark.parametrize(
    ("text", "issued", "first", "last"),
    [
        ("今年", (2024, 3, 5), (2024, 1, 1), (2024, 12, 31)),
        ("明年3月8日前", (2024, 3, 5), (2025, 3, 8), (2025, 3, 8)),
        ("2月底前", (2024, 3, 5), (2025, 2, 1), (2025, 2, 28)),
        ("3月中旬", (2024, 3, 5), (2024, 3, 11), (2024, 3, 20)),
        ("3月下旬", (2024, 3, 5), (2024, 3, 21), (2024, 3, 31)),
        ("年内", (2024, 3, 5), (2024, 1, 1), (2024, 12, 31)),
        ("下半年", (2024, 3, 5), (2024, 7, 1), (2024, 12, 31)),
        ("自印发之日起", (2024, 3, 5), (2024, 3, 5), (2024, 3, 5)),
        ("自印发之日起15日内", (2024, 3, 5), (2024, 3, 5), (2024, 3, 20)),
        ("两年内", (2024, 2, 29), (2024, 2, 29), (2026, 2, 28)),
        ("2024-2025学年第一学期", (2024, 3, 5), (2024, 9, 1), (2025, 1, 31)),
        ("2024-2025学年下学期", (2024, 3, 5), (2025, 2, 1), (2025, 8, 31)),
    ],
)
def test_read_resolves_days_from_the_day_of_issue(text: str, issued: Day, first: Day, last: Day) -> None:
    [day] = read(["某方案", text], issued_on=date(*issued)).dates

    assert (day.text, day.first_on, day.last_on, day.waits) == (text, date(*first), date(*last), None)


@pytest.mark.parametrize(
    ("text", "waits"),
    [("9月底前", Waits.ISSUE), ("本学期", Waits.TERM), ("自印发之日起20个工作日内", Waits.ISSUE)],
)
def test_read_leaves_days_open_until_the_day_of_issue_is_known(text: str, waits: Waits) -> None:
    [day] = read(["某方案", text]).dates

    assert (day.first_on, day.last_on, day.deadline_on, day.waits) == (None, None, None, waits)


@pytest.mark.parametrize("text", ["0000-0001学年", "2月31日前", "今年2月30日"])
def test_read_reports_open_days_that_no_calendar_has(text: str) -> None:
    reading = read(["某方案", text], issued_on=date(2024, 3, 5))

    assert reading.dates == ()
    assert [each.found for each in reading.warnings if each.code.value == "date_unreadable"] == [text]


@pytest.mark.parametrize("text", ["比分3:4", "0:0"])
def test_read_takes_no_ratio_of_neither_to_one(text: str) -> None:
    assert read(["某方案", text]).quantities == ()


def test_read_knows_no_day_of_signature_that_no_calendar_has() -> None:
    reading = read(["某方案", "一、工作任务", "云岭县教育局", "2024年2月31日"])

    assert [(each.part.value, each.on) for each in reading.frame.parts] == [("signature", None), ("date", None)]
    assert reading.frame.issued_on is None


def test_read_takes_a_notice_without_its_plan_as_a_text_of_its_own() -> None:
    reading = read(["关于印发《云岭县行动方案》的通知", "各学校：", "一、请认真贯彻执行。"])

    assert [each.heading or each.text for each in reading.clauses] == ["请认真贯彻执行"]
    assert [(each.part.value, each.said) for each in reading.frame.parts] == [("addressee", "各学校")]


@pytest.mark.parametrize("text", ["12345年级", "2023", "2023-2024", "9月", "6个月", "9月份"])
def test_read_takes_no_date_without_a_year(text: str) -> None:
    reading = read(["某方案", text])

    assert reading.dates == ()
    assert [each.code.value for each in reading.warnings] == ["no_numbering"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4所学校,", ("4所", "4", "所", "学校")),
        ("１２个示范基地。", ("１２个", "12", "个", "示范基地")),
        ("一百二十名教师参加培训", ("一百二十名", "120", "名", "教师")),
        ("3种行为习惯", ("3种", "3", "种", "行为习惯")),
        ("3.5万元", ("3.5万元", "3.5", "万元", None)),
        ("10万人次", ("10万人次", "100000", "人次", None)),
        ("百分之二的经费", ("百分之二", "2", "%", "经费")),
        ("5个百分点", ("5个百分点", "5", "个百分点", None)),
        ("选派40多名教师和", ("40多名", "40", "名", "教师")),
        ("2门看不出到哪里为止的很长的名", ("2门", "2", "门", "看不出到哪里")),
        ("2门看不出到哪里停下来这样长长长长长的", ("2门", "2", "门", None)),
    ],
)
def test_read_gives_figures_with_what_they_count(text: str, expected: tuple[str, str, str, str | None]) -> None:
    (found,) = read([text]).quantities

    words, value, unit, noun = expected
    assert (found.text, found.value, found.unit, found.noun) == (words, Decimal(value), unit, noun)


@pytest.mark.parametrize(
    "text",
    [
        "一批学校",
        "第三个月",
        "四年级",
        "千方百计",
        "四面八方",
        "数百所",
        "百所学校",
        "三五名教师",
        "七八十所",
        "“三名”工程",
        "三",
    ],
)
def test_read_takes_no_figure_where_none_is_meant(text: str) -> None:
    assert read([text]).quantities == ()


def test_read_takes_no_figure_from_dates_and_document_names() -> None:
    reading = read(["2023年,《关于3所学校的通知》(教字〔2023〕5号)"])

    assert reading.quantities == ()
    assert len(reading.dates) == len(reading.documents) == 1


@pytest.mark.parametrize(
    ("text", "items", "noun"),
    [
        ("在甲、乙等方面", ("甲", "乙"), "方面"),
        ("县一中、县二中等2所学校", ("县一中", "县二中"), "学校"),
        ("提高甲水平、乙水平等", ("提高甲水平", "乙水平"), None),
        ("落实加强领导、建立制度等措施", ("落实加强领导", "建立制度"), "措施"),
        ("开展甲、乙和丙等活动", ("甲", "乙", "丙"), "活动"),
        ("制定甲机制、乙和丙机制等制度", ("甲机制", "乙和丙机制"), "制度"),
        ("甲中学、乙中学和丙中学等学校", ("甲中学", "乙中学", "丙中学"), "学校"),
        ("建立、健全等", ("建立", "健全"), None),
    ],
)
def test_read_gives_series(text: str, items: tuple[str, ...], noun: str | None) -> None:
    (found,) = read([text]).series

    assert (found.items, found.noun) == (items, noun)


@pytest.mark.parametrize("text", ["公平、平等", "甲、高等教育", "甲、中等职业教育", "音体美等教师", "甲、乙"])
def test_read_takes_no_series_without_a_closing_word(text: str) -> None:
    assert read([text]).series == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照《甲意见》(云教字〔2024〕12号)要求", [("甲意见", "云教字〔2024〕12号", "cited")]),
        ("《甲（试行）》", [("甲（试行）", None, "cited")]),
        ("根据教基[2024]3号精神", [(None, "教基[2024]3号", "cited")]),
        ("云教字〔2024〕12号", [(None, "云教字〔2024〕12号", "cited")]),
        ("制定《甲》", [("甲", None, "to_issue")]),
        ("制定甲办法、乙细则", [("甲办法", None, "to_issue"), ("乙细则", None, "to_issue")]),
        ("出台学校、教师考核办法", [("学校、教师考核办法", None, "to_issue")]),
        ("健全完善我县考核制度。", [("考核制度", None, "to_issue")]),
        ("建立工作机制,完善制度,制定计划。", []),
    ],
)
def test_read_gives_documents(text: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    found = read([text]).documents

    assert [(each.name, each.number, each.status.value) for each in found] == expected


def names(text: str, *register: KnownOrganisation) -> list[tuple[str, str, str | None]]:
    return [(each.text, each.name, each.key) for each in read([text], register=register).organisations]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("选择安义中学、龙津中学。", ["安义中学", "龙津中学"]),
        ("甲中学和乙中学", ["甲中学", "乙中学"]),
        ("和平中学", ["和平中学"]),
        ("由县二中牵头", ["县二中"]),
        ("向阳小学、自由路小学", ["向阳小学", "自由路小学"]),
        ("万埠镇中心小学", ["万埠镇中心小学"]),
        ("安义中学附属小学", ["安义中学附属小学"]),
        ("县教育局、市财政局", ["县教育局", "市财政局"]),
        ("县领导小组办公室", ["县领导小组办公室"]),
        ("各小学和4所中学、全县幼儿园、县域内中小学校", []),
        ("中学生、小学部、领导小组办公室", []),
        ("三小时", []),
        (f"{'很' * 20}长的中学", []),
        (f"{'很' * 50}长的教育局", []),
    ],
)
def test_read_tells_names_by_their_shape(text: str, found: list[str]) -> None:
    assert [name for _, name, _ in names(text)] == found


def test_read_prefers_the_register_where_the_name_is_the_same() -> None:
    school = KnownOrganisation("a", "安义中学", ("安中",))

    assert names("走访安义中学", school) == [("安义中学", "安义中学", "a")]
    assert names("安中牵头", school) == [("安中", "安义中学", "a")]
    assert names("安义中学附属小学", school) == [("安义中学附属小学", "安义中学附属小学", None)]


def test_read_keeps_the_school_of_another_county_apart() -> None:
    nursery = KnownOrganisation("c", "县幼儿园")

    assert names("南昌县幼儿园、县幼儿园", nursery) == [
        ("南昌县幼儿园", "南昌县幼儿园", None),
        ("县幼儿园", "县幼儿园", "c"),
    ]


def test_read_takes_no_organisation_from_the_name_of_a_document() -> None:
    assert names("《安义中学章程》和龙津中学") == [("龙津中学", "龙津中学", None)]


def proposed(*lines: str) -> list[Proposal]:
    return list(proposals(read(["一、工作任务", *lines])))


def roles(found: Proposal) -> tuple[list[str], list[str]]:
    return [each.name for each in found.leads], [each.name for each in found.support]


@pytest.mark.parametrize(
    ("text", "leads", "support"),
    [
        ("由县教育局牵头,县财政局、县人社局配合。", ["县教育局"], ["县财政局", "县人社局"]),
        ("牵头单位:县教育局 配合单位:甲中学、乙中学", ["县教育局"], ["甲中学", "乙中学"]),
        ("县教育局、县财政局负责落实。", ["县教育局", "县财政局"], []),
        ("县教育局会同县财政局办理。", ["县教育局"], ["县财政局"]),
        ("龙头校要示范,县教育局应指导。", ["县教育局"], []),
        ("龙头校要示范。", ["龙头校"], []),
        ("依托县教育局资源,对接高校选派教师。", [], []),
    ],
)
def test_proposals_name_doers_and_helpers(text: str, leads: list[str], support: list[str]) -> None:
    (found,) = proposed(f"(一)甲。{text}")

    assert roles(found) == (leads, support)


def test_proposals_give_items_the_doer_of_the_words_that_announce_them() -> None:
    found = proposed("(一)甲。成员校要做到:一是乙。二是由县教育局丙。", "(二)丁。一是戊。")

    assert [roles(each)[0] for each in found] == [["成员校"], ["成员校"], ["县教育局"], [], []]
    assert [each.parent for each in found] == [None, 0, 0, None, 3]


def test_proposals_give_due_dates_and_rhythm_only_where_written() -> None:
    found = proposed("(一)甲。2025年6月底前完成,每学期评估。", "(二)乙。2025年6月启动。")

    assert [(each.due_on, each.rhythm) for each in found] == [(date(2025, 6, 30), "每学期"), (None, None)]


def test_proposals_trim_words_that_only_lead_in() -> None:
    long = "长" * 40

    found = proposed(f"(一)甲。一是要通过建平台,{long}。二是要素保障到位,{long}。三是 。")

    assert [each.title for each in found] == ["甲", "建平台", "要素保障到位"]


def test_proposals_skip_a_number_without_words() -> None:
    assert [(each.title, each.parent) for each in proposed("(一)", "1.甲")] == [("甲", None)]


def test_proposals_of_a_guarantee_leave_doer_and_date_out_of_the_title() -> None:
    reading = read(
        [
            "一、保障措施",
            "(一)甲。2025年底前县教育局建立专班,每月调度,县教育局每月公开的做法不变。一是定期公开。",
        ]
    )

    found = proposals(reading)

    assert [(each.title, each.origin.value, each.due_on, each.rhythm) for each in found] == [
        ("甲", "section", date(2025, 12, 31), None),
        ("建立专班", "duty", date(2025, 12, 31), None),
        ("每月调度", "duty", date(2025, 12, 31), "每月"),
        ("每月公开的做法不变", "duty", date(2025, 12, 31), "每月"),
        ("定期公开", "item", None, "定期"),
    ]


def test_proposals_name_a_quoted_document_without_its_quotes() -> None:
    found = proposed("(一)甲。县教育局要制定《乙办法》(教字〔2025〕1号)。")

    assert [(each.title, each.origin.value, roles(each)[0]) for each in found] == [
        ("甲", "section", ["县教育局"]),
        ("乙办法", "document", ["县教育局"]),
    ]
