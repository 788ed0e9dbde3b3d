"""How every address of the site is filled: from which row, and whose right to that row decides.

A new address fails the test until it has its line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access.sides import Side
from xietong.areas.orgs.access import VIEW_TERM
from xietong.areas.plans.access import VIEW_REPORT
from xietong.kit.access.permissions import Permission

Fill = Callable[[Side, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Address:
    """`fill` gives the arguments from the rows of a side for a role; without them there is no row to guess.

    `rows` is the permission that opens the row where the page's own is about no rows; `post` is what is
    sent where a row is named in the form.
    """

    fill: Fill = lambda side, role: {}
    post: Fill = lambda side, role: {}
    rows: Permission[Any] | None = None
    everywhere: str = ""


def row(name: str) -> Address:
    return Address(lambda side, role: {"pk": side.rows[name].pk})


def own(name: str) -> Address:
    return Address(lambda side, role: {"pk": getattr(side.own[role], name).pk})


def of_work(name: str) -> Address:
    return Address(lambda side, role: {"pk": getattr(side.work_of(role), name).pk})


def myself(**more: str) -> Address:
    """The person whom the role belongs to; `more` names rows that hang on him."""
    return Address(
        lambda side, role: {
            "pk": side.own[role].term.person_id,
            **{argument: getattr(side.own[role], name).pk for argument, name in more.items()},
        }
    )


def in_draft(**more: str) -> Address:
    """Something that belongs to the draft."""
    return Address(
        lambda side, role: {
            "pk": side.rows["draft"].pk,
            **{argument: side.rows[name].pk for argument, name in more.items()},
        }
    )


def past_import() -> Address:
    return Address(lambda side, role: {"pk": side.rows["plan"].pk, "import_pk": side.rows["past_import"].pk})


def taken(county: str, university: str = "") -> Address:
    """A workbook that was taken in for the county, or for the university of the role."""
    return Address(
        lambda side, role: {"import_pk": side.picked(role, side.rows[county], side.rows[university or county]).pk}
    )


LIST = Address()
UPLOADED = Address(lambda side, role: {"pk": side.rows["draft"].pk, "upload": side.own[role].upload.pk})
UPLOADED_PAST = Address(lambda side, role: {"pk": side.rows["plan"].pk, "upload": side.own[role].upload.pk})
UPLOADED_HERE = Address(lambda side, role: {"upload": side.own[role].upload.pk})
CONSULTED = Address(
    lambda side, role: {"pk": side.picked(role, side.rows["consulted"], side.rows["university_consulted"]).pk}
)
FILE = Address(lambda side, role: {"pk": side.work_of(role).file.pk}, rows=VIEW_REPORT)

ADDRESSES: dict[str, Address] = {
    # one's own
    "home": LIST,
    "role": Address(post=lambda side, role: {"term_id": side.own[role].term.pk}),
    "feedback": LIST,
    "feedback_received": LIST,
    "feedback_received_one": Address(lambda side, role: {"pk": side.said_to(role).pk}),
    "feedback_answer": Address(lambda side, role: {"pk": side.said_to(role).pk}),
    "account": LIST,
    "large_type": LIST,
    "view_save": LIST,
    "view_delete": own("view"),
    "notices": LIST,
    "notices_read": LIST,
    "notice": own("notice"),
    "downloads": LIST,
    "download_result": own("job"),
    "download_cancel": own("job"),
    "download_retry": own("job"),
    "uploads": LIST,
    "upload": own("upload"),
    "file": FILE,
    "file_thumbnail": FILE,
    # what waits for one's signature
    "approvals": LIST,
    "approval": own("approval"),
    "approval_withdraw": own("approval"),
    "stage_agree": own("stage"),
    "stage_send_back": own("stage"),
    "stage_reassign": own("stage"),
    "stage_add": own("stage"),
    "stage_paper": own("stage"),
    "routes": LIST,
    "route": Address(lambda side, role: {"form": "plans.plan"}, everywhere="a form is the same in every county"),
    # the three administrators
    "system": LIST,
    "queue": LIST,
    "job_retry": Address(lambda side, role: {"pk": side.rows["job"].pk}),
    "security": LIST,
    "account_lock": Address(lambda side, role: {"pk": side.actors["teacher"].account_id}),
    "audit": LIST,
    "rules": LIST,
    "rule": row("rule"),
    "rule_set": row("rule"),
    "rule_give_up": row("rule"),
    # organisations
    "orgs:organisations": LIST,
    "orgs:organisation_open": LIST,
    "orgs:organisation": Address(lambda side, role: {"pk": side.school.pk}),
    "orgs:organisation_change": Address(lambda side, role: {"pk": side.school.pk}),
    "orgs:organisation_close": Address(lambda side, role: {"pk": side.school.pk}),
    "orgs:sheet": LIST,
    "orgs:sheet_template": LIST,
    "orgs:sheet_preview": UPLOADED_HERE,
    "orgs:sheet_columns": UPLOADED_HERE,
    "orgs:sheet_annotated": UPLOADED_HERE,
    "orgs:sheet_taken": taken("organisations"),
    "orgs:sheet_undo": taken("organisations"),
    "orgs:group": LIST,
    "orgs:group_found": LIST,
    "orgs:group_join": row("group"),
    "orgs:group_leave": Address(lambda side, role: {"pk": side.rows["group"].pk, "unit_pk": side.rows["unit"].pk}),
    "orgs:terms": LIST,
    "orgs:term_add": LIST,
    "orgs:term_change": Address(
        lambda side, role: {"pk": side.picked(role, side.rows["term"], side.rows["university_term"]).pk},
        rows=VIEW_TERM,
    ),
    "orgs:agreements": LIST,
    "orgs:agreement_sign": LIST,
    "orgs:agreement_change": row("agreement"),
    "orgs:holidays": LIST,
    "orgs:holiday_drop": row("holiday"),
    # people
    "people:people": LIST,
    "people:register": LIST,
    "people:invite_many": LIST,
    "people:person": myself(),
    "people:person_change": myself(),
    "people:reveal": myself(),
    "people:leave": myself(),
    "people:appoint": myself(),
    "people:appointment_end": myself(appointment_pk="post"),
    "people:role_grant": myself(),
    "people:handover": myself(),
    "people:invite": myself(),
    "people:reset": myself(),
    "people:transfer_ask": myself(),
    "people:roles": LIST,
    "people:role_end": own("term"),
    "people:deputise": own("term"),
    "people:deputy_end": Address(
        lambda side, role: {"pk": side.own[role].term.pk, "deputy_pk": side.own[role].deputy.pk}
    ),
    "people:sheet": LIST,
    "people:sheet_template": LIST,
    "people:sheet_preview": UPLOADED_HERE,
    "people:sheet_columns": UPLOADED_HERE,
    "people:sheet_annotated": UPLOADED_HERE,
    "people:sheet_taken": taken("roster", "university_roster"),
    "people:sheet_undo": taken("roster", "university_roster"),
    "people:transfers": LIST,
    "people:transfer": row("leaving"),
    "people:transfer_confirm": row("coming"),
    "people:transfer_refuse": row("coming"),
    "people:transfer_withdraw": row("leaving"),
    "people:seats": LIST,
    "people:seat_take": LIST,
    "people:seat_leave": row("seat"),
    # plans
    "plans:plans": LIST,
    "plans:plan_import": LIST,
    "plans:plan": row("plan"),
    "plans:drafting": row("draft"),
    "plans:plan_change": row("draft"),
    "plans:phase_change": in_draft(phase_pk="phase"),
    "plans:task_add": row("draft"),
    "plans:breakdown": row("plan"),
    "plans:approving": row("draft"),
    "plans:plan_submit": row("draft"),
    "plans:plan_reopen": row("approved"),
    "plans:plan_issue": row("approved"),
    "plans:plan_adopt": row("draft"),
    "plans:plan_close": row("plan"),
    "plans:plan_next": row("closed"),
    "plans:reading": row("draft"),
    "plans:clause_split": Address(
        lambda side, role: {"pk": side.rows["draft"].pk},
        post=lambda side, role: {"at": side.rows["draft_clause"].start},
    ),
    "plans:clause_nest": Address(
        lambda side, role: {"pk": side.rows["draft"].pk, "clause_pk": side.rows["draft_clause"].pk},
        post=lambda side, role: {"under": side.rows["draft_clause"].pk},
    ),
    "plans:clause_move": Address(
        lambda side, role: {
            "pk": side.rows["draft"].pk,
            "clause_pk": side.rows["draft_clause"].pk,
            "how": "promote",
        }
    ),
    "plans:findings": row("draft"),
    "plans:findings_accept": row("draft"),
    "plans:findings_reject": row("draft"),
    "plans:finding_add": row("draft"),
    "plans:finding": in_draft(finding_pk="finding"),
    "plans:unit_name": row("draft"),
    "plans:coverage": row("draft"),
    "plans:compare": row("draft"),
    "plans:carry": row("draft"),
    "plans:context": row("draft"),
    "plans:context_back": row("draft"),
    "plans:attach": row("draft"),
    "plans:sentence": row("sentence"),
    "plans:task_assign": row("draft"),
    "plans:tasks_drop": row("draft"),
    "plans:sheet": row("draft"),
    "plans:sheet_template": row("draft"),
    "plans:sheet_preview": UPLOADED,
    "plans:sheet_annotated": UPLOADED,
    "plans:sheet_columns": UPLOADED,
    "plans:sheet_taken": in_draft(import_pk="import"),
    "plans:sheet_undo": in_draft(import_pk="import"),
    "plans:past_sheet": row("plan"),
    "plans:past_sheet_template": row("plan"),
    "plans:past_sheet_preview": UPLOADED_PAST,
    "plans:past_sheet_columns": UPLOADED_PAST,
    "plans:past_sheet_annotated": UPLOADED_PAST,
    "plans:past_sheet_taken": past_import(),
    "plans:past_sheet_undo": past_import(),
    "plans:consulting": row("draft"),
    "plans:round_open": row("draft"),
    "plans:round_close": in_draft(round_pk="round"),
    "plans:consulted": CONSULTED,
    "plans:comment_add": CONSULTED,
    "plans:comment_none": CONSULTED,
    "plans:comment_enter": CONSULTED,
    "plans:comment_none_enter": CONSULTED,
    "plans:comment_answer": row("consulted_comment"),
    "plans:past": row("plan"),
    "plans:past_add": row("plan"),
    "plans:past_record": row("past"),
    "plans:past_drop": row("past"),
    "plans:tasks": LIST,
    "plans:my_tasks": LIST,
    "plans:task": of_work("waiting"),
    "plans:task_change": row("draft_task"),
    "plans:task_drop": row("draft_task"),
    "plans:task_receive": of_work("issued"),
    "plans:task_report": of_work("under_way"),
    "plans:reviews": LIST,
    "plans:report_accept": of_work("report"),
    "plans:report_withdraw": of_work("report"),
    "plans:extension_ask": of_work("under_way"),
    "plans:extension_grant": of_work("extension"),
    "plans:extension_refuse": of_work("extension"),
    "plans:report_send_back": of_work("report"),
    "plans:standings": LIST,
}
