"""What happened in the last three days, done through the actions themselves: audit, notices and files with it."""

from datetime import datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile as File

from xietong.areas.orgs.models import Role
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Report, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI, day_of
from xietong.kit.feedback.models import Feedback
from xietong.web.demonstration import duties, evidence, feedback, words
from xietong.web.demonstration.plan_work import actor_of

Kind = Feedback.Kind


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=SHANGHAI)


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
        self.speak_up()

    def ask_for_time(self, actor: Actor, title: str, now: datetime) -> None:
        task = self.task(title)
        until = (task.due_on or day_of(now)) + timedelta(days=30)
        actions.ask_extension(actor, task, until=until, reason=words.MORE_TIME, now=now)

    def speak_up(self) -> None:
        """Three words: one answered, one that waits for the office, one without a name for the inspectors."""
        twice = feedback.say(self.liaison, Role.OFFICE, Kind.BURDEN, words.ASKED_TWICE, at(18, 15, 20))
        feedback.answer(self.office, twice, words.ONE_FORM, at(19, 8, 45))
        feedback.say(self.teacher, Role.OFFICE, Kind.SUGGESTION, words.EARLIER_NOTICE, at(20, 8, 5))
        feedback.say(self.teacher, Role.INSPECTOR, Kind.CLOCKING, words.PHOTOGRAPHS, at(20, 8, 15), named=False)

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
