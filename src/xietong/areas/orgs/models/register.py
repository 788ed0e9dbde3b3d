"""学校年度资料: what a school has in a school year, each figure with its source and its day."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models.choices import OrgKind, Stage
from xietong.areas.orgs.models.organisation import County, Organisation
from xietong.kit.records.versioned import Versioned


class Source(models.TextChoices):
    """Where a figure comes from."""

    STATISTICS = "statistics", _("教育事业统计")
    ENROLMENT = "enrolment", _("学籍系统")
    STAFF = "staff", _("全国教师管理信息系统")
    SCHOOL = "school", _("学校填报")
    COUNTY = "county", _("县级更正")


def school_year_name(year: int) -> str:
    """2025—2026学年, in the reader's language."""
    return gettext("%(years)s学年") % {"years": f"{year}—{year + 1}"}


class RegisterYear(Versioned):
    """学年资料: a county's register for one school year: filled from exports, confirmed by schools, then locked."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("学年（起始年）"))
    as_of = models.DateField(_("统计时点"))
    due_on = models.DateField(_("学校确认期限"))
    opened_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("学年资料")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year"],
                name="register_once_a_year",
                violation_error_message=_("这个学年的资料已经建立了。"),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return school_year_name(self.year)


class SchoolRecord(Versioned):
    """One school in one school year. Kind and setting are those of that year; the school's head confirms it."""

    class Ownership(models.TextChoices):
        PUBLIC = "public", _("公办")
        SUBSIDISED = "subsidised", _("普惠性民办")
        PRIVATE = "private", _("民办")

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    register = models.ForeignKey(RegisterYear, models.PROTECT, related_name="records")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="records")
    kind = models.CharField(_("办学类型"), max_length=20, choices=OrgKind)
    ownership = models.CharField(_("举办性质"), max_length=10, choices=Ownership, default=Ownership.PUBLIC)
    urban_rural = models.CharField(_("城乡类型"), max_length=3, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(_("确认人"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("学校年度资料")
        constraints = [models.UniqueConstraint(fields=["register", "school"], name="school_once_a_register")]
        indexes = [models.Index(fields=["county", "register", "school"])]

    def __str__(self) -> str:
        return f"{self.school} {self.register}"


class OfRecord(Versioned):
    """What hangs on a school's record of a year, with where it comes from and the day that it is true of."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    source = models.CharField(_("来源"), max_length=10, choices=Source)
    as_of = models.DateField(_("时点"))

    class Meta:
        abstract = True


class Figure(OfRecord):
    """One figure of a school; which there are stands in `data/fields.toml`.

    By grade where it has grades (else 0). Without a stage it is about a school of several stages as a whole.
    """

    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="figures")
    stage = models.CharField(_("学段"), max_length=12, choices=Stage, blank=True)
    grade = models.PositiveSmallIntegerField(_("年级"), default=0)
    field = models.CharField(_("项目"), max_length=40)
    value = models.DecimalField(_("数值"), max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = _("学校数据")
        constraints = [
            models.UniqueConstraint(fields=["record", "stage", "grade", "field"], name="figure_once_a_record"),
            models.CheckConstraint(
                name="figure_is_not_negative",
                condition=models.Q(value__gte=0),
                violation_error_message=_("数值不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.field}"


class SchoolClass(OfRecord):
    """A class with its pupils, as the pupil register counts them; no pupil is kept here."""

    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="classes")
    stage = models.CharField(_("学段"), max_length=12, choices=Stage)
    grade = models.PositiveSmallIntegerField(_("年级"))
    name = models.CharField(_("班级"), max_length=20)
    pupils = models.PositiveIntegerField(_("学生数"))

    class Meta:
        verbose_name = _("班级")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "stage", "grade", "name"],
                name="class_once_a_record",
                violation_error_message=_("这个年级已有同名的班级。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.grade}{self.name}"


class Room(OfRecord):
    """A room for music or art: whether it counts depends on its size."""

    class Kind(models.TextChoices):
        MUSIC = "music", _("音乐教室")
        ART = "art", _("美术教室")

    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="rooms")
    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    name = models.CharField(_("名称"), max_length=40)
    area = models.DecimalField(_("面积（平方米）"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("专用教室")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind", "name"],
                name="room_once_a_record",
                violation_error_message=_("已有同名的教室。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.name}"


class CareFigure(OfRecord):
    """How many children of a group that needs care; by school and stage only, read by the section in charge only."""

    class Group(models.TextChoices):
        MIGRANT = "migrant", _("随迁子女")
        LEFT_BEHIND = "left_behind", _("留守儿童")
        DISABLED = "disabled", _("残疾儿童少年")

    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="care")
    stage = models.CharField(_("学段"), max_length=12, choices=Stage)
    group = models.CharField(_("群体"), max_length=12, choices=Group)
    pupils = models.PositiveIntegerField(_("人数"))

    class Meta:
        verbose_name = _("关爱对象人数")
        constraints = [models.UniqueConstraint(fields=["record", "stage", "group"], name="care_once_a_record")]

    def __str__(self) -> str:
        return f"{self.record} {self.group}"


class Explanation(Versioned):
    """A school's word on something that a check asks about: a jump, more staff than posts."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="explanations")
    check_code = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    words = models.CharField(_("说明"), max_length=300)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "check_code", "subject"], name="explained_once")]

    def __str__(self) -> str:
        return self.words


class Correction(models.Model):
    """更正: what a figure said before and after, once the register was locked; both stay."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    record = models.ForeignKey(SchoolRecord, models.PROTECT, related_name="corrections")
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="corrections")
    before = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    before_source = models.CharField(max_length=10, choices=Source, blank=True)
    after = models.DecimalField(max_digits=16, decimal_places=2)
    reason = models.CharField(_("原因"), max_length=300)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "record", "at"])]

    def __str__(self) -> str:
        return f"{self.figure} {self.before} → {self.after}"
