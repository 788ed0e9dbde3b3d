"""The plan of 云岭县 and eighteen months of work on it."""

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from random import Random

from xietong.areas.orgs.models import Organisation, Role
from xietong.areas.people import queries as people
from xietong.areas.people.models import Person, RoleTerm
from xietong.areas.plans import actions
from xietong.areas.plans.models import Clause, Plan, Task, TaskSupport
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI
from xietong.web.demonstration import duties, places, words
from xietong.web.demonstration.casting import played
from xietong.web.demonstration.ground import Ground
from xietong.web.demonstration.histories import Hand, History, keep_histories
from xietong.web.demonstration.moments import ISSUED_ON, NOW, PLAY_BEGINS, TODAY, issued_for
from xietong.web.demonstration.rows import keep
from xietong.web.demonstration.states import distribute

PUBLISHED = Path(actions.__file__).parent.parent / "data" / "anyi.txt"
# In this order: the longer names first.
REPLACED = (
    ("安义县", places.NAME),
    ("安义三小", "云岭三小"),
    ("安义中学", "云岭中学"),
    ("龙津中学", "云溪中学"),
    ("豫章师范学院", places.UNIVERSITY),
    ("江西省", places.PROVINCE),
    ("赣教基字", "演教基字"),
    ("安义", places.SHORT),
)
DOERS = (
    Role.SCHOOL_LIAISON,
    Role.DEVELOPMENT_CENTRE,
    Role.UNIVERSITY_COORDINATOR,
    Role.MEMBER_UNIT,
    Role.SECTION_CLERK,
    Role.SCHOOL_HEAD,
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does what: the office, and somebody at every unit."""

    office: Hand
    at: dict[int, Hand]


def fictional_text() -> str:
    """The published text with every real name replaced."""
    text = PUBLISHED.read_text(encoding="utf-8")
    for real, invented in REPLACED:
        text = text.replace(real, invented)
    return text


def actor_of(login: str, role: Role) -> Actor:
    """A character as the site gives it to his requests."""
    found = people.actors_of(played(login).account_id or 0, TODAY)
    return next(actor for actor in found if actor.role == role)


def issue_plan() -> Plan:
    """This function will read the plan and issue it."""
    at = datetime.combine(ISSUED_ON, time(9, 30), SHANGHAI)
    plan = actions.import_plan(
        actor_of("office", Role.OFFICE),
        data=fictional_text().encode(),
        name=f"{places.NAME}高校与基础教育协同提质行动方案.txt",
        now=at,
    )
    plan.document_no = "演示字〔2024〕1号"
    plan.state, plan.issued_on = Plan.State.ISSUED, ISSUED_ON
    plan.save()
    return plan


def give_tasks(plan: Plan, ground: Ground, rng: Random) -> list[Task]:
    """This function will complete the tasks that were read, and add the concrete ones."""
    read = list(plan.tasks.order_by("pk"))
    for task in read:
        unit, task.due_on = duties.PROPOSALS[task.number]
        task.lead_unit = unit_named(ground, unit)
    added, supports = concrete_tasks(plan, ground, read)
    tasks = [*read, *added]
    distribute([task for task in tasks if task.title not in duties.PINNED], rng)
    for task in tasks:
        task.state = duties.PINNED.get(task.title, task.state)
    phases = list(plan.phases.order_by("order"))
    for task in tasks:
        issued = issued_for(task.due_on or TODAY)
        task.starts_on = issued
        task.issued_at = datetime.combine(issued, time(9, 30), SHANGHAI)
        task.deliverable = rng.choice(words.DELIVERABLES)
        task.phase = next((one for one in phases if one.starts_on <= (task.due_on or TODAY) <= one.ends_on), None)
    keep(added)
    Task.objects.bulk_update(
        read, ["lead_unit", "due_on", "state", "starts_on", "issued_at", "deliverable", "phase"], batch_size=50
    )
    keep(TaskSupport(county_id=plan.county_id, task=task, unit=unit) for task, unit in supports)
    return tasks


def concrete_tasks(
    plan: Plan, ground: Ground, read: list[Task]
) -> tuple[list[Task], list[tuple[Task, Organisation]]]:
    clauses = {clause.number: clause for clause in Clause.objects.filter(plan=plan)}
    numbers: dict[str, int] = {}
    for task in read:
        section = task.number.rpartition("-")[0]
        numbers[section] = numbers.get(section, 0) + 1
    added, supports = [], []
    for duty in duties.concrete():
        numbers[duty.section] = numbers.get(duty.section, 0) + 1
        task = Task(
            county_id=plan.county_id,
            plan=plan,
            clause=clauses[duty.section],
            number=f"{duty.section}-{numbers[duty.section]}",
            title=duty.title,
            lead_unit=unit_named(ground, duty.lead),
            due_on=duty.due_on,
        )
        added.append(task)
        supports += [(task, unit_named(ground, name)) for name in duty.supports]
    return added, supports


def unit_named(ground: Ground, name: str) -> Organisation:
    return ground.university if name == places.UNIVERSITY else ground[name]


def work(tasks: list[Task], rng: Random) -> None:
    """This function will write what was done on each task, up to this morning."""
    hands = hands_of(tasks)
    histories = [
        History(
            task,
            hands.office,
            hands.at[task.lead_unit_id or 0],
            rng,
            until=PLAY_BEGINS if task.title in duties.PINNED else NOW,
        ).run()
        for task in tasks
    ]
    for task in tasks:
        if task.state != TaskState.ISSUED.value:
            task.owner_id = hands.at[task.lead_unit_id or 0].person_id
    Task.objects.bulk_update(tasks, ["moved_at", "owner"], batch_size=50)
    keep_histories(histories)


def hands_of(tasks: list[Task]) -> Hands:
    """Whoever reports for each lead unit: the characters before the others."""
    units = {task.lead_unit_id for task in tasks if task.lead_unit_id}
    terms = RoleTerm.objects.filter(organisation_id__in=units, role__in=DOERS).select_related(
        "person", "organisation"
    )
    found: dict[int, Hand] = {}
    for term in sorted(terms, key=lambda term: (DOERS.index(Role(term.role)), stranger(term.person), term.pk)):
        found.setdefault(term.organisation_id, Hand.of(term.person, str(term.organisation)))
    return Hands(Hand.of(played("office"), "领导小组办公室"), found)


def stranger(person: Person) -> bool:
    """Whether it is none of the characters."""
    return not person.staff_no.startswith("D")
