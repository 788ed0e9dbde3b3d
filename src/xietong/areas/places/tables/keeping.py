"""Projects, housing and scenarios as lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places import queries
from xietong.areas.places.tables.words import project_tag, scenario_tag
from xietong.kit.tables.declare import Column, Table, choice_filter, text_filter

STAGE_LABELS = (("kindergarten", _("学前")), ("primary", _("小学")), ("middle", _("初中")), ("high", _("高中")))


def count(stage: str, label: Any) -> Column:
    return Column(stage, label, lambda row: row.by_stage[stage], sort=(stage,), numeric=True, card=False)


COUNTS = tuple(count(stage, label) for stage, label in STAGE_LABELS)


class ProjectTable(Table):
    key = "places.projects"
    title = _("建设项目")
    order = ("due_on", "pk")
    columns = (
        Column("name", _("项目名称"), lambda row: row.name, sort=("name",), main=True),
        Column("kind", _("建设类型"), lambda row: row.get_kind_display()),
        Column("township", _("乡镇"), lambda row: str(row.township), sort=("township__order",)),
        Column("school", _("学校"), lambda row: str(row.school or ""), optional=True),
        *COUNTS,
        Column("total", _("新增学位"), lambda row: row.total, numeric=True),
        Column("due_on", _("计划交付"), lambda row: row.due_on, sort=("due_on",)),
        Column("delivered_on", _("实际交付"), lambda row: row.delivered_on, sort=("delivered_on",)),
        Column("state", _("进度"), lambda row: row.get_state_display(), lambda row, _value: project_tag(row)),
    )
    filters = (
        text_filter("q", _("项目"), "name", "township__name"),
        choice_filter("state", _("进度"), "state", lambda _asked: queries.project_states()),
    )
    row_url_name = "places:project"
    empty = (_("还没有建设项目"), _("登记新建、改扩建和重建项目，注明各学段新增的学位和交付日期；交付后计入学位。"))


class HousingTable(Table):
    key = "places.housing"
    title = _("新建住房")
    order = ("year", "township__order", "pk")
    columns = (
        Column("name", _("住房项目"), lambda row: row.name, sort=("name",), main=True),
        Column("township", _("乡镇"), lambda row: str(row.township), sort=("township__order",)),
        Column("year", _("入住学年"), lambda row: SchoolYear(row.year).code, sort=("year",)),
        Column("certainty", _("进度"), lambda row: row.get_certainty_display()),
        *COUNTS,
        Column("total", _("预计学生"), lambda row: row.total, numeric=True),
    )
    filters = (text_filter("q", _("住房项目"), "name", "township__name"),)
    row_url_name = "places:housing_change"
    empty = (_("还没有新建住房"), _("大的住房项目会带来出生数里没有的学生；没有的，不用登记。"))


class ScenarioTable(Table):
    key = "places.scenarios"
    title = _("预测方案")
    order = ("-base_year", "-pk")
    columns = (
        Column("name", _("方案名称"), lambda row: row.name, sort=("name",), main=True),
        Column("base_year", _("基准学年"), lambda row: SchoolYear(row.base_year).code, sort=("base_year",)),
        Column("state", _("状态"), lambda row: row.get_state_display(), lambda row, _value: scenario_tag(row)),
        Column("computed_at", _("测算时间"), lambda row: row.computed_at, sort=("computed_at",)),
        Column("made_by", _("编制人"), lambda row: row.made_by),
        Column("settled_by", _("审定人"), lambda row: row.settled_by),
    )
    row_url_name = "places:scenario"
    empty = (_("还没有预测方案"), _("先录入出生人数、建立至少两个学年的学年资料，再编制方案。"))
