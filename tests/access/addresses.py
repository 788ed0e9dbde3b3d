"""How every address of the site is filled: from which row, and whose right to that row decides.

A new address fails the test until it has its line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access.sides import Side
from xietong.areas.dispatch.access import VIEW_CYCLE
from xietong.areas.orgs.access import SCHOOL_STAFF, VIEW_TERM
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


def asked_here(name: str) -> Address:
    """What the school, or for the roles of the university the university, was asked."""
    return Address(lambda side, role: {"pk": side.picked(role, side.rows[name], side.rows[f"university_{name}"]).pk})


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


def behind() -> Address:
    """The first figure or section of a document."""
    return Address(lambda side, role: {"pk": side.rows["document"].pk, "place": 0})


def past_import() -> Address:
    return Address(lambda side, role: {"pk": side.rows["plan"].pk, "import_pk": side.rows["past_import"].pk})


def taken(county: str, university: str = "") -> Address:
    """A workbook that was taken in for the county, or for the university of the role."""
    return Address(
        lambda side, role: {"import_pk": side.picked(role, side.rows[county], side.rows[university or county]).pk}
    )


def in_register(book: str) -> Address:
    """A workbook that was taken into the school year."""
    return Address(lambda side, role: {"pk": side.rows["register"].pk, "import_pk": side.rows[f"register_{book}"].pk})


LIST = Address()
UPLOADED = Address(lambda side, role: {"pk": side.rows["draft"].pk, "upload": side.own[role].upload.pk})
UPLOADED_PAST = Address(lambda side, role: {"pk": side.rows["plan"].pk, "upload": side.own[role].upload.pk})
UPLOADED_STAFF = Address(
    lambda side, role: {"pk": side.rows["staff_register"].pk, "upload": side.own[role].upload.pk}
)
UPLOADED_IN_REGISTER = Address(
    lambda side, role: {"pk": side.rows["register"].pk, "upload": side.own[role].upload.pk}
)
UPLOADED_HERE = Address(lambda side, role: {"upload": side.own[role].upload.pk})
CONSULTED = Address(
    lambda side, role: {"pk": side.picked(role, side.rows["consulted"], side.rows["university_consulted"]).pk}
)
CHANNEL = Address(lambda side, role: {"kind": "mail"}, everywhere="each county has a channel of a kind")
FILE = Address(lambda side, role: {"pk": side.work_of(role).file.pk}, rows=VIEW_REPORT)

HEAD = Address(lambda side, role: {"kind": "bulletin"}, everywhere="each county has a head of each kind")

PERIOD = Address(lambda side, role: {"period": 2026}, everywhere="each county has its own values of a period")

BULK = "rows of another county are left out, none of them is opened"

ADDRESSES: dict[str, Address] = {
    # one's own
    "home": LIST,
    "role": Address(post=lambda side, role: {"term_id": side.own[role].term.pk}),
    "feedback": LIST,
    "feedback_received": LIST,
    "feedback_received_one": Address(lambda side, role: {"pk": side.said_to(role).pk}),
    "feedback_answer": Address(lambda side, role: {"pk": side.said_to(role).pk}),
    "account": LIST,
    "account_mail": LIST,
    "tokens": LIST,
    "token_make": LIST,
    "token_revoke": own("token"),
    "large_type": LIST,
    "view_save": LIST,
    "view_delete": own("view"),
    "phrases": LIST,
    "phrase_add": LIST,
    "phrase_drop": own("phrase"),
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
    # notices beyond the inbox
    "channels": LIST,
    "deliveries_again": LIST,
    "channel": CHANNEL,
    "channel_secret": CHANNEL,
    "channel_test": CHANNEL,
    # what waits for one's signature
    "approvals": LIST,
    "approval": own("approval"),
    "approval_withdraw": own("approval"),
    "stage_agree": own("stage"),
    "stage_send_back": own("stage"),
    "stage_reassign": own("stage"),
    "stage_rescue": own("stage"),
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
    "account_tokens": Address(lambda side, role: {"pk": side.actors["teacher"].account_id}),
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
    # the yearly register of schools
    "orgs:registers": LIST,
    "orgs:register_open": LIST,
    "orgs:register": row("register"),
    "orgs:register_complete": row("register"),
    "orgs:register_lock": row("register"),
    **{
        f"orgs:register_{book}{page}": address
        for book in ("statistics", "classes", "rooms")
        for page, address in (
            ("", row("register")),
            ("_template", row("register")),
            ("_preview", UPLOADED_IN_REGISTER),
            ("_columns", UPLOADED_IN_REGISTER),
            ("_annotated", UPLOADED_IN_REGISTER),
            ("_taken", in_register(book)),
            ("_undo", in_register(book)),
        )
    },
    **{f"orgs:record{page}": row("record") for page in ("", "_fill", "_explain", "_confirm", "_describe", "_print")},
    "orgs:record_release": row("confirmed_record"),
    "orgs:record_correct": row("locked_record"),
    "orgs:room_add": row("record"),
    **{
        f"orgs:room_{deed}": Address(
            lambda side, role: {"pk": side.rows["record"].pk, "room_pk": side.rows["room"].pk}
        )
        for deed in ("change", "drop")
    },
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
    "people:supply": LIST,
    "people:supply_of": row("staff_register"),
    "people:staff": row("staff_record"),
    "people:staff_sheet": row("staff_register"),
    "people:staff_sheet_template": row("staff_register"),
    **{f"people:staff_sheet_{page}": UPLOADED_STAFF for page in ("preview", "columns", "annotated")},
    **{
        f"people:staff_sheet_{page}": Address(
            lambda side, role: {"pk": side.rows["staff_register"].pk, "import_pk": side.rows["staff_import"].pk}
        )
        for page in ("taken", "undo")
    },
    "people:transfers": LIST,
    "people:transfer": row("leaving"),
    "people:transfer_confirm": row("coming"),
    "people:transfer_refuse": row("coming"),
    "people:transfer_withdraw": row("leaving"),
    "people:seats": LIST,
    "people:seat_take": LIST,
    "people:seat_leave": row("seat"),
    # indicators
    "indicators:scorecard": LIST,
    "indicators:dictionary": LIST,
    "indicators:add": LIST,
    "indicators:adopt": LIST,
    "indicators:indicator": row("indicator"),
    "indicators:schools": row("indicator"),
    "indicators:inputs": row("indicator"),
    "indicators:change": row("indicator"),
    "indicators:retire": row("indicator"),
    "indicators:target": row("indicator"),
    "indicators:duties": LIST,
    "indicators:report": Address(
        lambda side, role: {
            "pk": side.rows[f"{'school' if role in SCHOOL_STAFF else 'county'}_indicator"].pk,
            "period": 2026,
        }
    ),
    "indicators:to_verify": LIST,
    "indicators:verify": row("submitted_reading"),
    "indicators:cause": row("reading"),
    "indicators:correct": row("reading"),
    "indicators:lock": PERIOD,
    "indicators:upward": PERIOD,
    "indicators:reported": LIST,
    "indicators:balance": LIST,
    "indicators:preschool": LIST,
    "indicators:balance_units": LIST,
    "indicators:balance_unit": Address(lambda side, role: {"school": side.school.pk, "stage": "primary"}),
    "indicators:balance_movers": LIST,
    "indicators:balance_enter": Address(
        lambda side, role: {"year": 2026, "code": "G1"}, everywhere="each county has every requirement"
    ),
    "indicators:what_ifs": LIST,
    "indicators:what_if": row("what_if"),
    "indicators:what_if_result": row("what_if"),
    "indicators:what_if_search": row("what_if"),
    "indicators:what_if_drop": row("what_if"),
    # plans
    "plans:plans": LIST,
    "plans:plan_import": LIST,
    "plans:objective": row("objective"),
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
    "plans:package": row("plan"),
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
    **{
        f"plans:task_{deed}": of_work("issued")
        for deed in (
            "return",
            "take_back",
            "reassign",
            "delegate",
            "suspend",
            "split",
            "amend",
            "cancel",
        )
    },
    "plans:task_insist": of_work("returned"),
    "plans:task_resume": of_work("suspended"),
    "plans:task_reopen": of_work("verified"),
    "plans:task_contribute": Address(lambda side, role: {"pk": side.supported_by(role).pk}),
    "plans:milestone_add": of_work("issued"),
    "plans:milestone_drop": of_work("milestone"),
    "plans:changes": LIST,
    "plans:change": of_work("change"),
    "plans:task_propose": row("plan"),
    "plans:task_print": of_work("waiting"),
    "plans:report_print": of_work("report"),
    "plans:report_sign": of_work("report"),
    "plans:file_pull": Address(
        lambda side, role: {"pk": side.work_of(role).report.pk, "file_pk": side.work_of(role).file.pk}
    ),
    "plans:reviews": LIST,
    "plans:reports_accept": Address(post=lambda side, role: {"pk": side.work_of(role).report.pk}, everywhere=BULK),
    "plans:checks": LIST,
    "plans:checks_draw": LIST,
    "plans:check": row("check"),
    "plans:report_accept": of_work("report"),
    "plans:report_withdraw": of_work("report"),
    "plans:extension_ask": of_work("under_way"),
    "plans:extension_grant": of_work("extension"),
    "plans:extension_refuse": of_work("extension"),
    "plans:report_send_back": of_work("report"),
    "plans:standings": LIST,
    "plans:gantt": row("plan"),
    "plans:plan_mechanisms": row("plan"),
    "plans:task_mechanisms": of_work("under_way"),
    "plans:calendar": LIST,
    "mechanisms:mechanisms": LIST,
    "mechanisms:add": LIST,
    "mechanisms:mechanism": row("mechanism"),
    "mechanisms:change": row("mechanism"),
    "mechanisms:edition_begin": row("new_mechanism"),
    "mechanisms:edition": row("edition"),
    "mechanisms:compare": row("edition"),
    "mechanisms:edition_change": row("draft_edition"),
    "mechanisms:round_open": row("draft_edition"),
    "mechanisms:submit": row("draft_edition"),
    "mechanisms:round_close": row("consulting_edition"),
    "mechanisms:reopen": row("approved_edition"),
    "mechanisms:enact": row("approved_edition"),
    "mechanisms:repeal": row("edition"),
    "mechanisms:remind": row("edition"),
    "mechanisms:opinion_give": asked_here("opinion"),
    "mechanisms:opinion_answer": asked_here("opinion"),
    "mechanisms:receive": asked_here("receipt"),
    # school places
    "places:overview": LIST,
    "places:townships": LIST,
    "places:schools": LIST,
    "places:school": Address(lambda side, role: {"pk": side.school.pk}),
    "places:own": LIST,
    "places:births": LIST,
    "places:births_enter": LIST,
    "places:births_change": row("births"),
    "places:births_sheet": LIST,
    "places:births_sheet_template": LIST,
    "places:births_sheet_preview": UPLOADED_HERE,
    "places:births_sheet_columns": UPLOADED_HERE,
    "places:births_sheet_annotated": UPLOADED_HERE,
    "places:births_sheet_taken": taken("births_import"),
    "places:births_sheet_undo": taken("births_import"),
    "places:housing": LIST,
    "places:housing_add": LIST,
    "places:housing_change": row("housing"),
    "places:housing_drop": row("housing"),
    "places:projects": LIST,
    "places:project_add": LIST,
    "places:project": row("project"),
    "places:project_change": row("project"),
    "places:project_deliver": row("project"),
    "places:project_cancel": row("project"),
    "places:project_evidence": row("project"),
    "places:scenarios": LIST,
    "places:scenario_add": LIST,
    "places:scenario_compare": LIST,
    "places:scenario": row("approved_scenario"),
    "places:scenario_change": row("draft_scenario"),
    "places:scenario_compute": row("draft_scenario"),
    "places:scenario_submit": row("draft_scenario"),
    "places:scenario_approve": row("submitted_scenario"),
    "places:scenario_return": row("submitted_scenario"),
    "places:scenario_tested": row("approved_scenario"),
    # the month
    "dispatch:cycles": LIST,
    "dispatch:month_open": LIST,
    "dispatch:special_open": LIST,
    "dispatch:grid": LIST,
    "dispatch:still": LIST,
    "dispatch:cycle": row("cycle"),
    "dispatch:entries": row("cycle"),
    "dispatch:due_change": row("cycle"),
    "dispatch:unit_add": row("cycle"),
    "dispatch:lock": row("cycle"),
    "dispatch:remind": row("cycle"),
    "dispatch:filings_agree": Address(lambda side, role: {"pk": side.rows["cycle"].pk}, rows=VIEW_CYCLE),
    "dispatch:my_filings": LIST,
    "dispatch:filing": asked_here("filing"),
    "dispatch:filing_write": asked_here("filing"),
    "dispatch:filing_keep": asked_here("filing"),
    "dispatch:filing_withdraw": asked_here("sent_filing"),
    "dispatch:filing_excuse": asked_here("filing"),
    "dispatch:extension_ask": asked_here("filing"),
    "dispatch:extension_answer": asked_here("filing_extension"),
    "dispatch:correction_ask": asked_here("old_entry"),
    "dispatch:correction_answer": asked_here("correction"),
    # meetings and what they decide
    "dispatch:meetings": LIST,
    "dispatch:meeting_add": LIST,
    "dispatch:meeting": row("meeting"),
    "dispatch:meeting_change": row("meeting"),
    "dispatch:meeting_units": row("meeting"),
    "dispatch:meeting_people": Address(
        lambda side, role: {"pk": side.rows["meeting"].pk, "place_pk": side.rows["place"].pk}
    ),
    "dispatch:meeting_invite": row("meeting"),
    "dispatch:meeting_cancel": row("meeting"),
    "dispatch:meeting_papers": row("meeting"),
    "dispatch:meeting_ics": row("meeting"),
    "dispatch:meeting_code": row("meeting"),
    "dispatch:agenda_propose": row("meeting"),
    "dispatch:item_add": row("meeting"),
    **{
        f"dispatch:item_{deed}": Address(
            lambda side, role: {"pk": side.rows["meeting"].pk, "item_pk": side.rows["item"].pk}
        )
        for deed in ("change", "up", "down", "drop")
    },
    "dispatch:attendance": row("meeting"),
    "dispatch:attendance_all": row("meeting"),
    "dispatch:record": row("meeting"),
    "dispatch:decide": row("meeting"),
    "dispatch:circulate": row("meeting"),
    "dispatch:confirmations_remind": row("circulated"),
    "dispatch:fix": row("circulated"),
    "dispatch:addition": row("fixed"),
    "dispatch:minutes": row("circulated"),
    "dispatch:confirmation": asked_here("confirmation"),
    "dispatch:confirmation_agree": asked_here("confirmation"),
    "dispatch:sign_in": Address(lambda side, role: {"code": side.rows["meeting"].code}),
    # documents
    "dispatch:documents": LIST,
    "dispatch:document_add": LIST,
    "dispatch:document_check": LIST,
    "dispatch:namings": LIST,
    "dispatch:naming_explain": asked_here("naming"),
    "dispatch:document_receive": asked_here("receipt_of_document"),
    "dispatch:letterheads": LIST,
    **{f"dispatch:{name}": HEAD for name in ("letterhead_change", "template_change", "template_download")},
    "dispatch:template_clear": HEAD,
    "dispatch:document": row("document"),
    "dispatch:document_docx": row("document"),
    "dispatch:document_pdf": row("document"),
    "dispatch:document_figure": behind(),
    "dispatch:document_sources": behind(),
    "dispatch:document_change": row("draft_document"),
    "dispatch:document_rebuild": row("draft_document"),
    "dispatch:document_submit": row("draft_document"),
    "dispatch:document_drop": row("draft_document"),
    "dispatch:naming_add": row("draft_document"),
    "dispatch:namings_ask": row("draft_document"),
    "dispatch:names_tick": Address(
        lambda side, role: {"pk": side.rows.get(f"to_tick_{role}", side.rows["draft_document"]).pk}
    ),
    "dispatch:naming_drop": Address(
        lambda side, role: {"pk": side.rows["draft_document"].pk, "naming_pk": side.rows["naming"].pk}
    ),
    "dispatch:document_number": row("signed_document"),
    "dispatch:document_seal": row("numbered_document"),
    "dispatch:document_send": row("numbered_document"),
    "dispatch:document_press": row("document"),
    "dispatch:document_file": row("document"),
    "dispatch:upward": LIST,
    "dispatch:upward_forms": LIST,
    "dispatch:upward_form_add": LIST,
    **{
        f"dispatch:upward_{name}": row("upward_form")
        for name in ("form", "form_change", "map", "replace", "form_file", "fill")
    },
    "dispatch:upward_report": row("upward_report"),
    "dispatch:upward_report_file": row("upward_report"),
    "dispatch:upward_figure": Address(lambda side, role: {"pk": side.rows["upward_report"].pk, "place": 0}),
    "dispatch:upward_hand_in": row("filled_upward_report"),
    "dispatch:upward_drop": row("filled_upward_report"),
    "dispatch:decisions": LIST,
    "dispatch:opinion_give": LIST,
    "dispatch:decision": asked_here("decision"),
    "dispatch:decision_claim": asked_here("decision"),
    "dispatch:decision_close": asked_here("decision"),
    "dispatch:decision_send_back": asked_here("decision"),
    "dispatch:decision_change": asked_here("decision"),
    "dispatch:decision_cancel": asked_here("decision"),
    # pages that join areas
    "unit": Address(lambda side, role: {"pk": side.school.pk}),
    "feed": LIST,
    "feed_end": LIST,
    "plans:tasks_remind": LIST,
    "plans:press_text": LIST,
    "plans:task_remind": of_work("under_way"),
    "plans:task_supervise": of_work("issued"),
    "plans:task_instruct": of_work("under_way"),
    "plans:instructed_add": row("plan"),
    "plans:follow_ups": LIST,
    "plans:follow_up": of_work("follow_up"),
    "plans:follow_up_reply": of_work("follow_up"),
    "plans:follow_up_return": of_work("follow_up"),
    "plans:follow_up_lift": of_work("follow_up"),
    "plans:briefing": LIST,
    "plans:briefing_rows": Address(
        lambda side, role: {"what": "total", "since": "2026-04-20"},
        everywhere="a figure has the same name in every county",
    ),
}

EVIDENCE = Address(lambda side, role: {"pk": side.work_of(role).report.pk, "file_id": side.work_of(role).file.pk})

# The same for the operations of the API, each by its address and method.
OPERATIONS: dict[str, Address] = {
    "api:me GET": LIST,
    "api:plans GET": LIST,
    "api:plan GET": row("plan"),
    "api:objectives GET": row("plan"),
    "api:tasks GET": LIST,
    "api:task GET": of_work("waiting"),
    "api:reports GET": of_work("waiting"),
    "api:reports POST": of_work("under_way"),
    "api:report GET": of_work("report"),
    "api:evidence GET": of_work("report"),
    "api:evidence_file GET": EVIDENCE,
    "api:upload POST": LIST,
}
