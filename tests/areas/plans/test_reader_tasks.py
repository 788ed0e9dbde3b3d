"""The first tasks of the published plan of 安义县, all of them, as its text asks for them."""

from pathlib import Path

import pytest

from xietong.areas.plans.rules.reader import Reading, proposals, read

SEED = Path(__file__).parents[3] / "src/xietong/areas/plans/data/anyi.txt"
TEXT = SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(TEXT.split("\n"))


YZNU, GROUP = "豫章师范学院", "领导小组"
PROPOSED = [
    ("三(一)", "section", "打造一批优质学校", None, YZNU, None),
    ("三(一)", "series", "办学理念", 0, YZNU, None),
    ("三(一)", "series", "校园文化", 0, YZNU, None),
    ("三(一)", "series", "教师专业化", 0, YZNU, None),
    ("三(一)", "series", "课程教学", 0, YZNU, None),
    ("三(一)", "series", "教育评价", 0, YZNU, None),
    ("三(一)", "series", "治理水平", 0, YZNU, None),
    ("三(一)", "series", "专家引领", 0, None, None),
    ("三(一)", "series", "教研进校", 0, None, None),
    ("三(一)", "series", "强校带动", 0, None, None),
    ("三(一)", "series", "骨干教师交流轮岗", 0, None, None),
    ("三(一)", "series", "优质教育资源共享", 0, None, None),
    ("三(二)", "section", "建设一支高素质教师队伍", None, None, None),
    ("三(二)·一", "item", "聚焦薄弱学科教师的培训培养", 12, "高校", None),
    ("三(二)·二", "item", "聚焦课后服务兴趣拓展类课程指导教师的培训培养", 12, None, None),
    ("三(二)·三", "item", "实施教师梯队培养工程", 12, None, "常态化"),
    ("三(二)·四", "item", "对接高校选派一批优秀教师到我县中小学挂职或支教", 12, None, None),
    ("三(二)", "document", "音体美等专任教师考核评价管理办法", 12, None, None),
    ("三(三)", "section", "建立教研联合体", None, YZNU, None),
    ("三(三)·一", "item", "构建合作交流的平台", 18, "成员校", None),
    ("三(三)·二", "item", "建立科学统一的教育教学管理制度", 18, "成员校", None),
    ("三(三)·三", "item", "建立统一的质量诊断监控机制", 18, "成员校", None),
    ("三(四)", "section", "建设师范生教育实习实践基地", None, YZNU, "每年"),
    ("三(五)", "section", "推出一批基础教育精品课", None, None, None),
    ("五(一)", "section", "加强组织领导", None, None, None),
    ("五(一)", "duty", "成立安义县高校与县域基础教育协同提质行动工作领导小组", 24, None, None),
    ("五(一)", "duty", "建立工作调度机制", 24, None, None),
    ("五(一)", "duty", "常态化调度总结相关工作进展和工作成效", 24, None, "常态化"),
    ("五(二)", "section", "完善工作机制", None, GROUP, None),
    ("五(二)", "duty", "建立月工作调度机制", 28, GROUP, "月"),
    ("五(二)", "document", "联盟协同运行机制", 28, GROUP, None),
    ("五(二)", "document", "专家干部教师挂职轮岗交流机制", 28, GROUP, None),
    ("五(二)", "document", "经费保障机制", 28, GROUP, None),
    ("五(二)", "document", "学校与教师激励机制", 28, GROUP, None),
    ("五(二)", "document", "专家进校服务机制", 28, GROUP, None),
    ("五(二)", "document", "监测和督导与考核评价机制", 28, GROUP, None),
    ("五(三)", "section", "落实经费保障", None, None, None),
    ("五(三)", "duty", "将参与协同提质行动专项经费纳入年度预算", 36, None, None),
    ("五(三)", "duty", "统筹本级教师培训和学校生均拨款5%的教师培训经费", 36, None, None),
    ("五(四)", "section", "强化监督检查", None, None, None),
    ("五(四)", "duty", "将协同提质行动纳入督导检查范围", 39, None, None),
    ("五(四)", "duty", "定期开展督导评估", 39, None, "定期"),
    ("五(四)", "duty", "建立问责机制", 39, None, None),
    ("五(四)", "duty", "将督导结果与绩效考核挂钩", 39, None, None),
]


def test_proposals_gives_what_the_text_asks_for(reading: Reading) -> None:
    found = [
        (
            each.number,
            each.origin.value,
            each.title,
            each.parent,
            "、".join(lead.name for lead in each.leads) or None,
            each.rhythm,
        )
        for each in proposals(reading)
    ]

    assert found == PROPOSED


def test_proposals_invents_nothing(reading: Reading) -> None:
    found = proposals(reading)

    assert [each.span.of(TEXT) for each in found] == [each.title for each in found]
    assert {each.due_on for each in found} == {None}
    assert {each.support for each in found} == {()}


def test_a_document_that_is_only_cited_makes_no_task() -> None:
    reading = read(["某方案", "一、工作任务", "（一）落实责任。按照《甲办法》执行，制定乙细则。"])

    assert [each.title for each in proposals(reading)] == ["落实责任", "乙细则"]


def test_an_annex_that_begins_with_a_sentence_has_no_title() -> None:
    reading = read(["某方案", "一、工作任务", "（一）建校。", "附件1", "请各单位填报。"])

    assert [(each.label, each.heading) for each in reading.clauses][-1] == ("附件1", "")
