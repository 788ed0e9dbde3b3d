"""Two counties that know nothing of each other, each full of rows that could leak.

Every name, title, text and file of a side carries its mark. What everybody may know stays without it:
the names of counties, universities, provinces and cities.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests import build, dispatching, measuring, mechanisms, placing, planning, registers, staffing, timing
from xietong.areas.dispatch.rules.snapshots import Source
from xietong.areas.orgs.access import COUNTY_STAFF, OBSERVERS, UNIVERSITY_STAFF
from xietong.areas.orgs.models import LeadingGroupUnit, Organisation, OrgKind, Role, Term
from xietong.areas.people.models import Deputy, Invitation, RoleTerm, Seat, Transfer
from xietong.areas.people.rules.tokens import hash_of
from xietong.areas.plans.access import PLAN_FORM
from xietong.areas.plans.models import FileRemark
from xietong.areas.plans.queries import REPORT_OWNER, SIGNED_OWNER
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.accounts.models import Phrase, SavedView
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.audit.record import record
from xietong.kit.clock.models import Holiday
from xietong.kit.clock.time import machine_now
from xietong.kit.feedback.models import Feedback
from xietong.kit.files import storage
from xietong.kit.files.models import Attachment, Blob, Upload
from xietong.kit.jobs.models import Job
from xietong.kit.notices.models import Channel, Delivery, Notice
from xietong.kit.ruletable.models import Rule
from xietong.kit.tokens.models import Token
from xietong.web.access import ADDRESSEES

FAR = date(2999, 1, 1)


@dataclass
class Work:
    """What one lead unit has: a task in each state that matters, a report that waits, a file on it."""

    issued: Any
    under_way: Any
    waiting: Any
    returned: Any
    suspended: Any
    verified: Any
    report: Any
    file: Any
    extension: Any
    milestone: Any
    change: Any
    follow_up: Any


@dataclass
class Own:
    """What hangs on one actor himself."""

    term: RoleTerm
    deputy: Deputy
    post: Any
    notice: Notice
    view: SavedView
    phrase: Phrase
    upload: Upload
    job: Job
    approval: Approval
    stage: Stage
    token: Token


@dataclass
class Side:
    """One county with its school, its university, its observers, and somebody in every role."""

    mark: str
    county: Any
    school: Organisation
    university: Organisation
    above: dict[str, Organisation]
    rows: dict[str, Any] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    own: dict[str, Own] = field(default_factory=dict)
    work: dict[int, Work] = field(default_factory=dict)
    said: dict[str, Feedback] = field(default_factory=dict)

    def work_of(self, role: str) -> Work:
        """The work of the unit at which the role is held; observers have none and see the school's."""
        return self.work[self.university.pk if role in UNIVERSITY_STAFF else self.school.pk]

    def supported_by(self, role: str) -> Any:
        """The task of the other place that the unit of the role supports."""
        return self.work[self.school.pk if role in UNIVERSITY_STAFF else self.university.pk].under_way

    def said_to(self, role: str) -> Feedback:
        """What waits for the answer of a role; of a role that answers nothing, what waits for the office's."""
        return self.said.get(role, self.said[Role.OFFICE])

    def place(self, role: str) -> Organisation:
        if role in OBSERVERS:
            return self.above[role]
        return self.university if role in UNIVERSITY_STAFF else self.school

    def picked(self, role: str, office: Any, university: Any) -> Any:
        return university if role in UNIVERSITY_STAFF else office


def side(code: str, mark: str, third: Any) -> Side:
    """A whole county; `third` is where its transfers go to and come from."""
    county = build.county(
        code=code, name=f"县{code}", short_name=f"县{code}", city_name=f"市{code}", province_name=f"省{code}"
    )
    school = build.organisation(county=county, name=f"{mark}学校", aliases=[f"{mark}别名"])
    university = build.university(name=f"大学{code}")
    above = {
        Role.PROVINCE_OBSERVER.value: build.organisation(kind=OrgKind.PROVINCE, name=f"省{code}"),
        Role.CITY_OBSERVER.value: build.organisation(kind=OrgKind.CITY, name=f"市{code}"),
    }
    made = Side(mark, county, school, university, above)
    add_people(made)
    add_orgs(made)
    add_registers(made)
    add_transfers(made, third)
    add_plans(made)
    add_staff(made)
    add_mechanisms(made)
    add_places(made)
    add_indicators(made)
    add_months(made)
    add_meetings(made)
    add_documents(made)
    add_upward(made)
    add_plumbing(made)
    return made


def add_people(made: Side) -> None:
    for number, role in enumerate(Role.values):
        person = build.somebody(made.place(role), name=f"{made.mark}{number}", staff_no=f"{made.mark}工{number}")
        post = build.appointment(person=person, organisation=made.place(role), post=f"{made.mark}岗位")
        term = build.role_term(person=person, role=role, organisation=made.place(role))
        build.account(person=build.somebody(made.place(role), name=f"{made.mark}代{number}"))
        deputy = build.deputy(term=term, person=person, from_on=FAR, to_on=FAR)
        actor = build.actor(term, on=build.TODAY)
        made.actors[role] = actor
        made.own[role] = Own(
            term,
            deputy,
            post,
            notice(made, actor),
            view(made, actor),
            Phrase.objects.create(account_id=actor.account_id, text=f"{made.mark}常用语"),
            upload(made, actor),
            job(made, actor),
            *approval(made, actor),
            build.token(actor, name=f"{made.mark}令牌", secret=secret_of(actor)),
        )


def secret_of(actor: Actor) -> str:
    """The secret of the token that the actor of a side has."""
    return f"xt_{actor.account_id or 0:040}"


def notice(made: Side, actor: Actor) -> Notice:
    return Notice.objects.create(
        account_id=actor.account_id, county_id=made.county.pk, title=f"{made.mark}消息", created_at=build.NOW
    )


def view(made: Side, actor: Actor) -> SavedView:
    return SavedView.objects.create(
        account_id=actor.account_id, table="plans.tasks", name=f"{made.mark}视图", query="state=issued"
    )


def job(made: Side, actor: Actor) -> Job:
    """One's own export, whose file has gone."""
    return Job.objects.create(
        kind="audit.seal",
        key=f"{made.mark}{actor.account_id}",
        state="done",
        account_id=actor.account_id,
        county_id=made.county.pk,
        run_at=machine_now(),
        created_at=build.NOW,
        message=f"{made.mark}导出",
        result_file=f"results/{made.mark}.xlsx",
    )


def approval(made: Side, actor: Actor) -> tuple[Approval, Stage]:
    """Something that one has handed in oneself and that waits for one's own role, of a row that is not there."""
    row = Approval.objects.create(
        county_id=made.county.pk,
        form=PLAN_FORM,
        owner_id=1_000_000 + (actor.account_id or 0),
        title=f"{made.mark}审批",
        url="/plans/",
        starter_id=actor.account_id,
        starter=f"{made.mark}提交人",
        started_at=build.NOW,
    )
    stage = Stage.objects.create(
        county_id=made.county.pk,
        approval=row,
        order=1,
        title=f"{made.mark}步骤",
        role=actor.role,
        state=Stage.State.OPEN,
        opened_at=build.NOW,
    )
    return row, stage


def upload(made: Side, actor: Actor) -> Upload:
    return Upload.objects.create(
        account_id=actor.account_id,
        county_id=made.county.pk,
        name=f"{made.mark}.pdf",
        size=10,
        expires_at=machine_now() + timedelta(days=1),
    )


def add_orgs(made: Side) -> None:
    group = build.leading_group(county=made.county, document=f"{made.mark}成立文件")
    unit = LeadingGroupUnit.objects.create(group=group, unit=made.school, from_on=build.LONG_AGO)
    person = made.own[Role.OFFICE].term.person
    fields = {"year": 2026, "half": 1, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 20)}
    made.rows |= {
        "group": group,
        "unit": unit,
        "seat": Seat.objects.create(
            group=group, person=person, unit=made.school, position="head", from_on=build.LONG_AGO
        ),
        "term": Term.objects.create(county=made.county, **fields),
        "university_term": Term.objects.create(university=made.university, **fields),
        "agreement": build.agreement(county=made.county, university=made.university, title=f"{made.mark}协议"),
        "holiday": Holiday.objects.create(
            county_id=made.county.pk, on=date(2026, 11, 9), is_work=False, name=f"{made.mark}校庆"
        ),
        "invitation": Invitation.objects.create(
            person=build.somebody(made.school, name=f"{made.mark}新人"),
            token_hash=hash_of(f"token-{made.county.code}"),
            made_at=machine_now(),
            expires_at=machine_now() + timedelta(days=7),
        ),
    }


def add_registers(made: Side) -> None:
    """A school year that is filled, one that is confirmed, and one that is locked, each full of marks."""
    for name, year, locked in (("", 2026, None), ("confirmed_", 2025, None), ("locked_", 2024, build.NOW)):
        register = registers.register_year(county=made.county, year=year, locked_at=locked)
        said = {"confirmed_at": build.NOW, "confirmed_by": f"{made.mark}校长"} if name else {}
        record = registers.school_record(school=made.school, register=register, **said)
        registers.school_class(record=record, name=f"{made.mark}班")
        room = registers.room(record=record, name=f"{made.mark}音乐室")
        figure = registers.figure(record=record, field="classrooms", value=10 * year)
        registers.explanation(record=record, words=f"{made.mark}说明")
        registers.care(record=record)
        words = {"reason": f"{made.mark}更正", "by": f"{made.mark}更正人"}
        registers.correction(figure=figure, after=12, **words)
        made.rows |= {f"{name}register": register, f"{name}record": record, f"{name}room": room}


def add_transfers(made: Side, third: Any) -> None:
    leaving = build.somebody(made.school, name=f"{made.mark}调出")
    coming = build.person(county=third, name="调入者")
    fields = {"asked_at": build.NOW, "note": f"{made.mark}调动"}
    made.rows["leaving"] = Transfer.objects.create(person=leaving, from_county=made.county, to_county=third, **fields)
    made.rows["coming"] = Transfer.objects.create(person=coming, from_county=third, to_county=made.county, **fields)


def add_plans(made: Side) -> None:
    plan = planning.plan(county=made.county, title=f"{made.mark}方案", document_no=f"{made.mark}1号")
    draft = planning.draft(county=made.county, title=f"{made.mark}草案", replaces=plan)
    made.rows |= {
        "plan": plan,
        "draft": draft,
        "phase": planning.phase(plan=draft, name=f"{made.mark}阶段"),
        "draft_task": planning.task(plan=draft, state="draft", title=f"{made.mark}草任务", lead_unit=made.school),
    }
    made.rows["objective"] = planning.objective(
        plan=plan, title=f"{made.mark}目标", reached=1, reached_on=build.TODAY, source=f"{made.mark}来源"
    )
    made.rows |= written(made, draft)
    made.rows |= asked(made, draft)
    made.rows["approved"] = planning.approved(county=made.county, title=f"{made.mark}待下达")
    made.rows["closed"] = planning.plan(
        county=made.county,
        title=f"{made.mark}归档",
        state="closed",
        issued_on=build.LONG_AGO,
        closed_on=build.TODAY,
        closing_note=f"{made.mark}归档说明",
    )
    made.rows["import"] = planning.imported(plan=draft, name=f"{made.mark}分解表.xlsx", by=f"{made.mark}导入人")
    in_register = {"owner_id": made.rows["register"].pk}
    for name, book, keeper in (
        ("past_import", "plans.past_sheet", {"owner_id": plan.pk}),
        ("organisations", "orgs.organisations", {"owner_id": made.county.pk}),
        ("roster", "people.roster", {"owner_id": made.county.pk}),
        (
            "university_roster",
            "people.roster",
            {"owner_id": made.university.pk, "county_id": None, "university_id": made.university.pk},
        ),
        *((f"register_{name}", f"register.{name}", in_register) for name in ("statistics", "classes", "rooms")),
    ):
        said = {"name": f"{made.mark}名册.xlsx", "by": f"{made.mark}导入人"}
        made.rows[name] = planning.imported(plan=plan, book=book, **said, **keeper)
    planning.objective(plan=plan, title=f"{made.mark}目标")
    made.rows["past"] = planning.past(plan=plan, title=f"{made.mark}补录")
    clause = planning.clause(plan=plan, heading=f"{made.mark}举措")
    for role, place in ((Role.TEACHER, made.school), (Role.UNIVERSITY_COORDINATOR, made.university)):
        made.work[place.pk] = work(made, plan, clause, place, made.own[role].term.person)
    planning.standing(plan=plan, issued=2, under_way=4)
    made.rows["check"] = spot_check(made, plan, clause)


def add_staff(made: Side) -> None:
    """The staff of a school year: the teacher of the school, and somebody who comes there from another."""
    register = staffing.register(county=made.county, year=2023)
    record = staffing.record(register=register, school=made.school)
    elsewhere = build.organisation(county=made.county, name=f"{made.mark}他校")
    other = staffing.record(register=register, school=elsewhere)
    words = {"trained_subject": f"{made.mark}专业", "certificate_subject": f"{made.mark}资格"}
    staffing.teacher(record=record, person=made.own[Role.TEACHER].term.person, **words)
    coming = staffing.staff(record=other, person=build.somebody(elsewhere, name=f"{made.mark}走教"), **words)
    staffing.teaching(staff=coming, record=record)
    book = {"book": "register.staff", "owner_id": register.pk}
    said = {"name": f"{made.mark}教职工.xlsx", "by": f"{made.mark}导入人"}
    made.rows |= {
        "staff_register": register,
        "staff_record": record,
        "staff_import": planning.imported(plan=made.rows["plan"], **book, **said),
    }


def add_mechanisms(made: Side) -> None:
    """A text in each state that matters, with what the school and the university were asked."""
    row = mechanisms.mechanism(county=made.county, title=f"{made.mark}机制", basis=f"{made.mark}依据")
    text = {"text": f"{made.mark}条文"}
    old = mechanisms.edition(
        mechanism=row, state="enacted", in_force_to=build.TODAY, end_reason=f"{made.mark}原因", **text
    )
    made.rows |= {"mechanism": row, "edition": mechanisms.edition(mechanism=row, number=2, state="enacted", **text)}
    mechanisms.opinion(edition=old, unit=made.school, text=f"{made.mark}旧意见")
    for state in ("draft", "consulting", "approved"):
        other = mechanisms.mechanism(county=made.county, title=f"{made.mark}制度{state}")
        made.rows[f"{state}_edition"] = mechanisms.edition(mechanism=other, state=state, **text)
    made.rows["new_mechanism"] = mechanisms.mechanism(county=made.county, title=f"{made.mark}待起草")
    for name, place in (("", made.school), ("university_", made.university)):
        made.rows[f"{name}opinion"] = mechanisms.opinion(
            edition=made.rows["consulting_edition"], unit=place, text=f"{made.mark}意见", answered_at=build.NOW
        )
        made.rows[f"{name}receipt"] = mechanisms.receipt(edition=made.rows["edition"], unit=place)


def add_indicators(made: Side) -> None:
    """Indicators of each kind with values, and what of the balance of the year was found and tried out."""
    county, name = made.county, f"{made.mark}指标"
    unit = {"reporter": made.school, "verifier": made.school}
    row = measuring.indicator(county=county, name=name, formula="boarders / pupils", definition=f"{made.mark}定义")
    of_county = measuring.indicator(county=county, name=f"{name}县级", **unit)
    of_school = measuring.indicator(county=county, name=f"{name}学校", reported_by="school")
    waiting = {"state": "submitted", "note": f"{made.mark}说明", "by": f"{made.mark}填报人"}
    measuring.target(indicator=row)
    measuring.measured("pupils", 90, county=county, unit=made.school)
    measuring.measured("schools", 1, county=county, unit=made.school)
    measuring.reported(county=county, name=f"{name}上报")
    measuring.entry(county=county, note=f"{made.mark}依据")
    made.rows |= {
        "indicator": row,
        "county_indicator": of_county,
        "school_indicator": of_school,
        "reading": measuring.reading(indicator=row, value=0.5, cause=f"{made.mark}原因"),
        "submitted_reading": measuring.reading(indicator=of_county, period=2025, **waiting),
        "what_if": measuring.what_if(county=county, name=f"{made.mark}假设"),
    }


def add_places(made: Side) -> None:
    """A township with births, housing and a project, and a scenario in each state that matters."""
    seat = placing.township(f"{made.mark}镇", county=made.county)
    result = placing.result(key=seat.pk, school=made.school.pk)
    book = {"book": "places.births", "owner_id": made.county.pk}
    said = {"name": f"{made.mark}出生.xlsx", "by": f"{made.mark}导入人"}
    made.rows |= {
        "births": placing.births(seat, {2021: 40}, note=f"{made.mark}说明")[0],
        "housing": placing.housing(seat, name=f"{made.mark}小区"),
        "project": placing.project(seat, name=f"{made.mark}项目", school=made.school, note=f"{made.mark}说明"),
        "births_import": planning.imported(plan=made.rows["plan"], **book, **said),
    }
    for state in ("draft", "submitted", "approved"):
        made.rows[f"{state}_scenario"] = placing.scenario(
            made.county, name=f"{made.mark}方案{state}", made_by=f"{made.mark}编制人", state=state,
            computed_at=build.NOW, result=result,
        )  # fmt: skip


def add_months(made: Side) -> None:
    """A month that is open and one that is locked, with filings of the school and the university in each."""
    words = {"text": f"{made.mark}进展", "problem": f"{made.mark}问题"}
    made.rows["cycle"] = dispatching.cycle(county=made.county)
    old = dispatching.cycle(county=made.county, month=date(2026, 8, 1), state="locked")
    sent = dispatching.cycle(county=made.county, month=date(2026, 7, 1))
    for name, place in (("", made.school), ("university_", made.university)):
        task = made.work[place.pk].under_way
        filing = dispatching.filing(cycle=made.rows["cycle"], unit=place)
        dispatching.entry(filing=filing, task=task, **words)
        locked = dispatching.filing(
            cycle=old, unit=place, state="accepted", highlight=f"{made.mark}亮点", opinion=f"{made.mark}意见"
        )
        entry = dispatching.entry(filing=locked, task=task, **words)
        made.rows |= {
            f"{name}filing": filing,
            f"{name}sent_filing": dispatching.under_review(cycle=sent, unit=place),
            f"{name}filing_extension": dispatching.filing_extension(filing=filing, reason=f"{made.mark}理由"),
            f"{name}old_entry": entry,
            f"{name}correction": dispatching.correction(entry=entry, text=f"{made.mark}更正"),
        }


def add_meetings(made: Side) -> None:
    """A meeting of today that people were asked to, one whose minutes go round, one whose are fixed."""
    said = {"place": f"{made.mark}会议室", "chair": f"{made.mark}主持", "recorder": f"{made.mark}记录"}
    usual = {"county": made.county, "invited_at": build.NOW, "minutes": f"{made.mark}记录", **said}
    task = made.work[made.school.pk].under_way
    for name, state in (("meeting", "planned"), ("circulated", "circulated"), ("fixed", "fixed")):
        row = dispatching.meeting(title=f"{made.mark}会议{name}", state=state, confirm_by=build.TODAY, **usual)
        made.rows[name] = row
        for unit in (made.school, made.university):
            place = dispatching.attendance(meeting=row, unit=unit, name=f"{made.mark}代会", note=f"{made.mark}说明")
            made.rows.setdefault("place", place)
        item = dispatching.agenda_item(meeting=row, title=f"{made.mark}议题", note=f"{made.mark}说明", task=task)
        made.rows.setdefault("item", item)
        dispatching.decision(meeting=row, unit=made.school, text=f"{made.mark}议定", item=item, task=task)
    dispatching.addition(meeting=made.rows["fixed"], text=f"{made.mark}更正")
    for name, unit in (("", made.school), ("university_", made.university)):
        asked = dispatching.confirmation(meeting=made.rows["circulated"], unit=unit, text=f"{made.mark}意见")
        one = dispatching.decision(
            meeting=made.rows["fixed"], unit=unit, text=f"{made.mark}事项", due_on=build.TODAY, task=task
        )
        dispatching.decision_step(decision=one, note=f"{made.mark}办理", who=f"{made.mark}办理人")
        made.rows |= {f"{name}confirmation": asked, f"{name}decision": one}


def add_documents(made: Side) -> None:
    """A draft, a circular that everybody may be about to sign, and a bulletin that was sent to units."""
    said = dispatching.snapshot(
        title=f"{made.mark}简报",
        words=f"{made.mark}应报{{应报单位}}个。",
        source=Source("filing", made.rows["filing"].pk, f"{made.mark}月报"),
    )
    usual = {"cycle": made.rows["cycle"], "drafted_by": f"{made.mark}拟稿", "title": f"{made.mark}简报"}
    sent = dispatching.document(state="sent", sent_at=build.NOW, issue=1, snapshot=said, **usual)
    draft = dispatching.document(kind="circular", **usual)
    dispatching.section(document=draft, heading=f"{made.mark}小标题", text=f"{made.mark}应报{{应报单位}}个。")
    dispatching.document_step(document=sent, who=f"{made.mark}办理人", note=f"{made.mark}办理")
    made.rows |= {"document": sent, "draft_document": draft}
    for state in ("signed", "numbered"):
        made.rows[f"{state}_document"] = dispatching.document(state=state, snapshot=said, **usual)
    words = {"matter": f"{made.mark}没有报送", "text": f"{made.mark}说明"}
    for name, unit in (("", made.school), ("university_", made.university)):
        made.rows[f"{name}receipt_of_document"] = dispatching.document_receipt(document=sent, unit=unit)
        made.rows[f"{name}naming"] = dispatching.naming(document=draft, unit=unit, **words)
    for role in COUNTY_STAFF:
        row = dispatching.document(kind="circular", state="approving", snapshot=said, **usual)
        dispatching.naming(document=row, unit=made.school, **words)
        dispatching.approving(document=row, role=role)
        made.rows[f"to_tick_{role}"] = row


def add_upward(made: Side) -> None:
    """A form of the city, a month of it that was handed in and one that was not."""
    form = dispatching.upward_form(county=made.county, mark=made.mark, constants={"表1!C3": f"{made.mark}文字"})
    source = Source("filing", made.rows["filing"].pk, f"{made.mark}月报")
    said = {"form": form, "value": f"{made.mark}数", "source": source, "by": f"{made.mark}填报"}
    there = {"reported_at": build.NOW, "reported_by": f"{made.mark}上报", "note": f"{made.mark}说明"}
    made.rows["upward_form"] = form
    made.rows["upward_report"] = dispatching.upward_report(cycle=made.rows["cycle"], **said, **there)
    other = dispatching.cycle(county=made.county, month=date(2026, 6, 1))
    made.rows["filled_upward_report"] = dispatching.upward_report(cycle=other, **said)


def spot_check(made: Side, plan: Any, clause: Any) -> Any:
    """Something accepted, with a signed sheet and a remark on its file, that was drawn and found wanting."""
    task = planning.task(plan=plan, clause=clause, lead_unit=made.school, state="verified", title=f"{made.mark}办结")
    report = planning.report(task=task, state="accepted", text=f"{made.mark}已完成", opinion=f"{made.mark}意见")
    picture(made, report)
    file = picture(made, report, owner_type=SIGNED_OWNER)
    words = {"file_name": file.name, "text": f"{made.mark}问题"}
    FileRemark.objects.create(county=made.county, report=report, file_id=file.pk, **words)
    return planning.check(
        report=report, draw=f"{made.mark}批次", note=f"{made.mark}说明", drawn_by=f"{made.mark}抽取人"
    )


def written(made: Side, draft: Any) -> dict[str, Any]:
    """What a draft says, with somebody's marks in it."""
    draft.source_text = f"{made.mark}原文"
    draft.save()
    # The whole text is one stretch, so that its mark stands in every piece of it that a page shows.
    whole = len(draft.source_text)
    clause = planning.clause(plan=draft, heading=f"{made.mark}草条款", start=0, end=whole)
    return {
        "draft_clause": clause,
        "finding": planning.finding(plan=draft, clause=clause, text=f"{made.mark}单位", start=whole, end=whole + 4),
        "sentence": planning.sentence(plan=draft, clause=clause, end=whole),
    }


def asked(made: Side, draft: Any) -> dict[str, Any]:
    """A round in which the school and the university were asked, each with a comment."""
    consultation = planning.consultation(plan=draft, note=f"{made.mark}征求意见")
    rows = {}
    for name, place in (("consulted", made.school), ("university_consulted", made.university)):
        rows[name] = planning.consulted(consultation=consultation, unit=place)
        rows[f"{name}_comment"] = planning.comment(consulted=rows[name], text=f"{made.mark}意见")
    return {**rows, "round": consultation}


def work(made: Side, plan: Any, clause: Any, place: Organisation, owner: Any) -> Work:
    rows = {
        state: planning.task(
            plan=plan,
            clause=clause,
            lead_unit=place,
            owner=owner,
            state=state,
            title=f"{made.mark}任务",
            deliverable=f"{made.mark}成果",
            moved_at=build.NOW,
            due_on=build.LONG_AGO,
        )
        for state in ("issued", "under_way", "claimed", "returned", "suspended", "verified")
    }
    report = planning.report(task=rows["claimed"], text=f"{made.mark}进展", author_name=f"{made.mark}填报人")
    timing.milestone(task=rows["issued"], due_on=build.TODAY, title=f"{made.mark}里程碑")
    timing.occurrence(task=rows["issued"], due_on=build.TODAY, label=f"{made.mark}本期")
    timing.follow_up(task=rows["claimed"], due_on=build.TODAY)
    timing.baseline(task=rows["issued"], due_on=build.TODAY, title=f"{made.mark}任务")
    timing.dependency(task=rows["issued"], needs=rows["under_way"])
    planning.step(task=rows["claimed"], note=f"{made.mark}意见", who=f"{made.mark}办理人")
    asked = planning.extension(task=rows["issued"], reason=f"{made.mark}理由", asked_by=f"{made.mark}申请人")
    milestone = planning.milestone(task=rows["issued"], title=f"{made.mark}办成", due_on=build.LONG_AGO)
    planning.occurrence(task=rows["issued"], label=f"{made.mark}首期")
    planning.support(task=rows["under_way"], unit=made.school if place != made.school else made.university)
    planning.contribution(task=rows["under_way"], unit=made.school, text=f"{made.mark}协办")
    change = planning.change(
        task=rows["issued"],
        reason=f"{made.mark}变更理由",
        asked_by=f"{made.mark}提出人",
        values={"title": {"before": f"{made.mark}原", "after": f"{made.mark}新", "key": None}},
    )
    return Work(
        rows["issued"],
        rows["under_way"],
        rows["claimed"],
        rows["returned"],
        rows["suspended"],
        rows["verified"],
        report,
        picture(made, report),
        asked,
        milestone,
        change,
        press_on(made, rows["under_way"]),
    )


def press_on(made: Side, task: Any) -> Any:
    """A reminder, an instruction and a follow-up that is overdue."""
    planning.reminder(task=task, text=f"{made.mark}催办", who=f"{made.mark}催办人")
    planning.instruction(task=task, text=f"{made.mark}批示", leader=f"{made.mark}领导")
    return planning.follow_up(
        task=task, demand=f"{made.mark}督办要求", issued_by=f"{made.mark}督办人", due_on=build.LONG_AGO
    )


def picture(made: Side, report: Any, owner_type: str = REPORT_OWNER) -> Attachment:
    """A picture with its small copy, as the store keeps them; the mark stands among its bytes."""
    content = marked_png(f"{made.mark} {report.pk} {owner_type}")
    name = sha256(content).hexdigest()
    for path in (storage.blob_path(name), storage.thumbnail_path(name)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    blob = Blob.objects.create(sha256=name, size=len(content), content_type="image/png", stored_at=build.NOW)
    return Attachment.objects.create(
        blob=blob,
        name=f"{made.mark}.png",
        county_id=made.county.pk,
        owner_type=owner_type,
        owner_id=report.pk,
        uploaded_by=1,
        at=build.NOW,
    )


def marked_png(mark: str) -> bytes:
    stream, words = BytesIO(), PngInfo()
    words.add_itxt("Comment", mark)
    Image.new("RGB", (48, 32), "teal").save(stream, "PNG", pnginfo=words)
    return stream.getvalue()


def add_plumbing(made: Side) -> None:
    record(SYSTEM, f"{made.mark}操作", made.school, now=build.NOW, reason=f"{made.mark}原因")
    made.rows["rule"] = Rule.objects.create(
        code="plans.light.county",
        county_id=made.county.pk,
        name=f"{made.mark}规则",
        value="5",
        effective_from=build.LONG_AGO,
        confidence="D",
    )
    add_channel(made)
    made.said = {
        role: Feedback.objects.create(
            county_id=made.county.pk,
            account_id=made.actors[Role.TEACHER].account_id,
            author=f"{made.mark}反映人",
            addressee=role,
            kind=Feedback.Kind.BURDEN,
            text=f"{made.mark}反映",
            at=build.NOW,
        )
        for role in ADDRESSEES
    }
    made.rows["job"] = Job.objects.create(
        kind="audit.seal",
        key=made.mark,
        state="failed",
        county_id=made.county.pk,
        run_at=machine_now(),
        created_at=build.NOW,
        message=f"{made.mark}失败",
        error=f"{made.mark}错误",
    )


def add_channel(made: Side) -> None:
    """A mail server with its secret, and a mail that went to the teacher."""
    channel = Channel.objects.create(
        county_id=made.county.pk,
        kind=Channel.Kind.MAIL,
        host=f"{made.mark}.example",
        sender=f"{made.mark}@example.cn",
        username=made.mark,
        secret=f"{made.mark}密文",
    )
    made.rows["delivery"] = Delivery.objects.create(
        channel=channel,
        county_id=made.county.pk,
        account_id=made.actors[Role.TEACHER].account_id,
        state=Delivery.State.FAILED,
        created_at=machine_now(),
        due_at=machine_now(),
        give_up_at=machine_now(),
    )
