"""What happened in the last three days, done through the actions themselves: audit, notices and files with it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.urls import reverse

from xietong.areas.orgs.models import Organisation, Role
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Plan, Report, SpotCheck, Task
from xietong.areas.plans.queries import REMINDED
from xietong.areas.plans.rules import sampling
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI, day_of, machine_now
from xietong.kit.feedback.models import Feedback
from xietong.kit.notices import queries as notices
from xietong.kit.notices.actions import mark_read
from xietong.kit.tokens.actions import LONGEST, make_token
from xietong.web.demonstration import duties, evidence, feedback, words
from xietong.web.demonstration.plan_work import actor_of

Kind = Feedback.Kind


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=SHANGHAI)


DRAWN = 3


class Latest:
    """The characters at work on the tasks of their plan."""

    def __init__(self, plan: Plan, rng: Random) -> None:
        self.plan, self.rng = plan, rng
        self.office = actor_of("office", Role.OFFICE)
        self.liaison = actor_of("school_liaison", Role.SCHOOL_LIAISON)
        self.centre = actor_of("development_centre", Role.DEVELOPMENT_CENTRE)
        self.partner = actor_of("university_coordinator", Role.UNIVERSITY_COORDINATOR)
        self.money = actor_of("member_unit", Role.MEMBER_UNIT)
        self.teacher = actor_of("teacher", Role.TEACHER)
        self.lead = actor_of("lead_school", Role.LEAD_SCHOOL)

    def happen(self) -> None:
        """This function will let the last things happen."""
        self.receive(self.money, duties.HALF_YEAR, at(18, 9, 12))
        photographs = evidence.picture("实习基地检查照片.png", self.rng)
        sent = self.report(self.liaison, duties.CHECK, at(18, 10, 5), photographs)
        actions.send_back(self.office, sent, opinion=words.OPINIONS_BACK[0], now=at(18, 16, 40))
        well = self.report(self.centre, duties.MINDS, at(19, 9, 20), self.minutes())
        actions.accept(self.office, well, opinion="同意。", now=at(19, 11, 2))
        self.receive(self.lead, duties.TOGETHER, at(19, 14, 30))
        self.report(self.lead, duties.TOGETHER, at(19, 16, 15), evidence.picture("联合教研活动.png", self.rng))
        claim = self.report(self.partner, duties.LEADERS, at(19, 17, 5), self.minutes(), claims=True)
        actions.accept(self.office, claim, opinion="材料齐全，同意。", now=at(20, 8, 50))
        self.report(self.centre, duties.CHOICE, at(20, 9, 10))
        self.report(self.money, duties.HALF_YEAR, at(20, 9, 30))
        self.ask_for_time(self.money, duties.HALF_YEAR, at(20, 9, 40))
        self.help_and_move()
        self.press_on()
        self.spot_check()
        self.speak_up()
        self.connect(at(20, 9, 45))

    def spot_check(self) -> None:
        """Three reports drawn by lot: one is as it says, one is not, one is still to be looked at."""
        first, last = date(2026, 3, 1), date(2026, 5, 15)
        draw = sampling.label(first, last, DRAWN, "d0c5a1")
        drawn = sampling.drawn(draw, queries.eligible(self.office, first, last), DRAWN)
        fields = {
            "county": self.plan.county,
            "draw": draw,
            "drawn_at": at(18, 9),
            "drawn_by": self.office.acting_name,
        }
        rows = [SpotCheck.objects.create(report_id=pk, **fields) for pk in drawn]
        for row, (finding, note) in zip(rows, words.FINDINGS, strict=False):
            actions.record_check(self.office, row, finding=finding, note=note, now=at(19, 15))

    def help_and_move(self) -> None:
        """A supporting unit files its part, a unit returns what is not its own, the office proposes a change."""
        choice = self.task(duties.CHOICE)
        unit = choice.supports.select_related("unit").order_by("unit__order").first()
        if unit:
            clerk = replace(self.centre, orgs=(unit.unit_id,), org_name=str(unit.unit), name="（演示）协办联络员")
            actions.contribute(clerk, choice, unit=unit.unit, text=words.SUPPORTED, now=at(20, 9, 15))
        foreign = self.plan.tasks.filter(state=TaskState.ISSUED, lead_unit_id=self.centre.org_id).first()
        if foreign:
            actions.return_task(self.centre, foreign, reason=words.NOT_OURS, now=at(20, 8, 40))
        minds = self.task(duties.MINDS)
        later = (minds.due_on or day_of(at(20, 9))) + timedelta(days=45)
        actions.propose_amendment(self.office, minds, reason=words.HALL, due_on=later, now=at(20, 9, 50))

    def ask_for_time(self, actor: Actor, title: str, now: datetime) -> None:
        task = self.task(title)
        until = (task.due_on or day_of(now)) + timedelta(days=30)
        actions.ask_extension(actor, task, until=until, reason=words.MORE_TIME, now=now)

    def press_on(self) -> None:
        """A reminder that is read, a follow-up that is answered, and a leader's word that becomes a task."""
        actions.remind(self.office, [self.task(duties.CHECK)], text=words.REMINDER, now=at(19, 9, 0))
        for notice in notices.inbox(self.liaison, unread_only=True).filter(kind=REMINDED):
            mark_read(self.liaison, notice, now=at(19, 9, 35))
        demand = actions.open_follow_up(
            self.office, self.late_at_the_centre(), demand=words.DEMAND, due_on=date(2026, 5, 22), now=at(18, 11, 0)
        )
        actions.reply_follow_up(self.centre, demand, text=words.DEMAND_ANSWERED, now=at(20, 9, 15))
        actions.add_instructed(
            self.office,
            self.plan,
            leader=words.LEADER,
            on=date(2026, 5, 19),
            text=words.INSTRUCTED,
            title=words.INSTRUCTED_TASK,
            lead_unit=Organisation.objects.get(pk=self.centre.org_id or 0),
            due_on=date(2026, 6, 30),
            now=at(20, 9, 50),
        )

    def late_at_the_centre(self) -> Task:
        """What the centre has been owing for the longest time; not what is being changed just now."""
        owed = self.plan.tasks.filter(lead_unit_id=self.centre.org_id, state=TaskState.UNDER_WAY.value)
        return owed.exclude(title=duties.MINDS).order_by("due_on", "pk")[0]

    def speak_up(self) -> None:
        """Three words: one answered, one that waits for the office, one without a name for the inspectors."""
        twice = feedback.say(self.liaison, Role.OFFICE, Kind.BURDEN, words.ASKED_TWICE, at(18, 15, 20))
        feedback.answer(self.office, twice, words.ONE_FORM, at(19, 8, 45))
        feedback.say(self.teacher, Role.OFFICE, Kind.SUGGESTION, words.EARLIER_NOTICE, at(20, 8, 5))
        feedback.say(self.teacher, Role.INSPECTOR, Kind.CLOCKING, words.PHOTOGRAPHS, at(20, 8, 15), named=False)

    def connect(self, now: datetime) -> None:
        """A program of the school has a token, of which nobody has the secret."""
        make_token(
            self.liaison,
            role=self.liaison,
            name="学校办公系统（演示）",
            scopes=["plans.read", "plans.report"],
            expires_on=day_of(machine_now()) + LONGEST,
            url=reverse("tokens"),
            now=now,
        )

    def minutes(self) -> File:
        lines = (words.progress(self.rng), words.completion(self.rng))
        return evidence.paper("活动记录.docx", "活动记录（演示）", lines)

    def task(self, title: str) -> Task:
        return self.plan.tasks.get(title=title)

    def receive(self, actor: Actor, title: str, now: datetime) -> None:
        actions.receive_task(actor, self.task(title), owner=None, now=now)

    def report(self, actor: Actor, title: str, now: datetime, *files: File, claims: bool = False) -> Report:
        text = words.completion(self.rng) if claims else words.progress(self.rng)
        return actions.report_progress(
            actor,
            self.task(title),
            text=text,
            claims_completion=claims,
            plain=files,
            now=now,
        )
