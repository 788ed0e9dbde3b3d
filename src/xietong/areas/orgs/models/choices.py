from django.db import models
from django.utils.translation import gettext_lazy as _


class OrgKind(models.TextChoices):
    """What an organisation is."""

    PROVINCE = "province", _("省级教育行政部门")
    CITY = "city", _("市级教育行政部门")
    UNIVERSITY = "university", _("高等学校")
    FACULTY = "faculty", _("高校二级学院")
    LEADING_GROUP = "leading_group", _("领导小组")
    GROUP_OFFICE = "group_office", _("领导小组办公室")
    TASK_FORCE = "task_force", _("工作专班")
    MEMBER_UNIT = "member_unit", _("县直单位")
    TOWNSHIP = "township", _("乡镇")
    BUREAU = "bureau", _("教育体育局")
    SECTION = "section", _("局内股室")
    DEVELOPMENT_CENTRE = "development_centre", _("教师发展中心")
    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    TEACHING_POINT = "teaching_point", _("村小、教学点")
    MIDDLE = "middle", _("初级中学")
    NINE_YEAR = "nine_year", _("九年一贯制学校")
    TWELVE_YEAR = "twelve_year", _("十二年一贯制学校")
    COMPLETE_MIDDLE = "complete_middle", _("完全中学")
    HIGH = "high", _("普通高级中学")
    VOCATIONAL = "vocational", _("职业学校")
    SPECIAL = "special", _("特殊教育学校")


COUNTYLESS = frozenset({OrgKind.PROVINCE, OrgKind.CITY, OrgKind.UNIVERSITY, OrgKind.FACULTY})
SCHOOLS = frozenset(
    {
        OrgKind.KINDERGARTEN,
        OrgKind.PRIMARY,
        OrgKind.TEACHING_POINT,
        OrgKind.MIDDLE,
        OrgKind.NINE_YEAR,
        OrgKind.TWELVE_YEAR,
        OrgKind.COMPLETE_MIDDLE,
        OrgKind.HIGH,
        OrgKind.VOCATIONAL,
        OrgKind.SPECIAL,
    }
)


class Stage(models.TextChoices):
    """学段: what a school is counted by where it has several."""

    KINDERGARTEN = "kindergarten", _("学前")
    PRIMARY = "primary", _("小学")
    MIDDLE = "middle", _("初中")
    HIGH = "high", _("高中")
    SPECIAL = "special", _("特教")


STAGES_OF: dict[str, tuple[Stage, ...]] = {
    OrgKind.KINDERGARTEN: (Stage.KINDERGARTEN,),
    OrgKind.PRIMARY: (Stage.PRIMARY,),
    OrgKind.TEACHING_POINT: (Stage.PRIMARY,),
    OrgKind.MIDDLE: (Stage.MIDDLE,),
    OrgKind.NINE_YEAR: (Stage.PRIMARY, Stage.MIDDLE),
    OrgKind.TWELVE_YEAR: (Stage.PRIMARY, Stage.MIDDLE, Stage.HIGH),
    OrgKind.COMPLETE_MIDDLE: (Stage.MIDDLE, Stage.HIGH),
    OrgKind.HIGH: (Stage.HIGH,),
    OrgKind.VOCATIONAL: (Stage.HIGH,),
    OrgKind.SPECIAL: (Stage.SPECIAL,),
}


class Role(models.TextChoices):
    """In which capacity somebody acts; each is held at an organisation, for a term."""

    PROVINCE_OBSERVER = "province_observer", _("省级观察员")
    CITY_OBSERVER = "city_observer", _("市级观察员")
    GROUP_HEAD = "group_head", _("领导小组组长")
    GROUP_MEMBER = "group_member", _("领导小组成员")
    OFFICE = "office", _("领导小组办公室")
    MEMBER_UNIT = "member_unit", _("成员单位")
    SECTION_CLERK = "section_clerk", _("股室工作人员")
    SECTION_HEAD = "section_head", _("股室负责人")
    BUREAU_LEADER = "bureau_leader", _("分管局领导")
    DEVELOPMENT_CENTRE = "development_centre", _("教师发展中心")
    UNIVERSITY_COORDINATOR = "university_coordinator", _("高校协调人")
    UNIVERSITY_TUTOR = "university_tutor", _("高校指导教师")
    UNIVERSITY_EXPERT = "university_expert", _("高校专家")
    SCHOOL_HEAD = "school_head", _("校长（园长）")
    SCHOOL_LIAISON = "school_liaison", _("学校联络员")
    LEAD_SCHOOL = "lead_school", _("龙头校负责人")
    TEACHER = "teacher", _("教师")
    MENTOR = "mentor", _("实习指导教师")
    STUDENT_TEACHER = "student_teacher", _("实习生")
    INSPECTOR = "inspector", _("责任督学")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
