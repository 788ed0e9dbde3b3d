"""The columns of the export of the staff system: one row a person."""

from dataclasses import replace

from xietong.areas.people.sheets import words
from xietong.areas.people.sheets.roster import ROSTER
from xietong.kit.sheets import Choice, Column, Number, Sheet, Text

MOST_PERIODS = 60
PERIODS = Number(1, 0, MOST_PERIODS)
SIDES = (("second", "second_periods"), ("third", "third_periods"))
"""The columns of what somebody teaches besides his main subject."""

LOOKED_UP = ("identity", "staff_no", "year")
"""Columns that say whom and when a row is about; the register of staff keeps none of them."""


SHEET = Sheet(
    "register.staff",
    "教职工年度资料",
    (
        ROSTER.column("name"),
        replace(ROSTER.column("identity"), note="用来在人员名册里找人，不在这里保存；没有可不填。"),
        replace(ROSTER.column("staff_no"), keeps=True, note="同上。"),
        replace(ROSTER.column("organisation"), header="学校", synonyms=("学校名称", "所在学校", "单位", "工作单位")),
        Column(
            "is_teacher",
            "是否专任教师",
            Choice(words.TEACHERS),
            synonyms=("专任教师", "岗位类别", "教职工类别"),
            required=True,
            example="是",
        ),
        Column(
            "is_established",
            "编制",
            Choice(words.ESTABLISHED),
            synonyms=("编制情况", "是否在编", "用人形式", "编制类型"),
            required=True,
            example="在编",
        ),
        Column(
            "stage",
            "任教学段",
            Choice(words.STAGES),
            synonyms=("学段", "主要任教学段"),
            keeps=True,
            note="学校只有一个学段的可不填。",
        ),
        Column(
            "subject",
            "主要任教学科",
            Choice(),
            synonyms=("任教学科", "任课学科", "主教学科", "学科"),
            note="专任教师必填，幼儿园教师可不填。",
            example="语文",
        ),
        Column(
            "periods", "周课时", PERIODS, synonyms=("主教课时", "每周课时", "周课时数"), note="只算主要任教学科。"
        ),
        Column("second", "兼教学科", Choice(), synonyms=("兼任学科", "兼课学科", "第一兼教学科")),
        Column("second_periods", "兼教课时", PERIODS, synonyms=("兼教周课时", "第一兼教课时")),
        Column("third", "第二兼教学科", Choice()),
        Column("third_periods", "第二兼教课时", PERIODS, synonyms=("第二兼教周课时",)),
        Column(
            "visits",
            "走教学校",
            Choice(several=True),
            synonyms=("走教任教学校", "兼职学校"),
            note="还到哪些学校上主要任教学科的课，多所用顿号分开。",
            width=24,
        ),
        Column("visit_periods", "走教课时", PERIODS, synonyms=("走教周课时",), note="在每所走教学校的周课时。"),
        Column(
            "qualification",
            "最高学历",
            Choice(words.QUALIFICATIONS),
            synonyms=("学历",),
            note="结业、肄业的填下一级学历。",
            example="大学本科",
        ),
        Column(
            "trained_subject",
            "所学专业",
            Text(40),
            synonyms=("所学专业对应学科", "对应学科", "专业", "最高学历所学专业", "专业名称"),
            example="汉语言文学",
        ),
        Column("title", "职称", Choice(words.TITLES), synonyms=("专业技术职务", "专业技术职称", "教师职称")),
        Column("backbone", "骨干层次", Choice(words.BACKBONE), synonyms=("骨干教师", "骨干教师级别", "骨干教师层次")),
        Column(
            "certificate_stage",
            "教师资格种类",
            Choice(words.CERTIFICATES),
            synonyms=("教师资格证种类", "资格种类", "教师资格", "教师资格学段", "资格证种类"),
            width=20,
        ),
        Column(
            "certificate_subject",
            "教师资格任教学科",
            Text(40),
            synonyms=("资格任教学科", "资格证任教学科", "资格学科", "教师资格学科"),
            width=20,
        ),
        Column("year", "学年", Text(20, digits=True), synonyms=("统计学年",), keeps=True),
    ),
    called=("name", "organisation"),
    note="每行一人。人员要先在人员名册里；校长已经确认的学校不再改动。文件里没有的人不会被删除。",
)
