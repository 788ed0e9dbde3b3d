"""Reads for the site's own pages: those of the three administrators, the rule table, 投诉建议."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from xietong.areas.orgs.access import OBSERVERS
from xietong.areas.orgs.models import County, Role
from xietong.areas.people import queries as people
from xietong.areas.people.models import Person, RoleTerm
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.approvals.models import Route, Stage
from xietong.kit.approvals.queries import accounts_in_use
from xietong.kit.approvals.routes import FORMS, Step
from xietong.kit.audit.models import Entry, Head
from xietong.kit.clock.time import day_of, machine_now
from xietong.kit.feedback.models import Feedback
from xietong.kit.jobs import queries as jobs
from xietong.kit.ruletable.models import Rule
from xietong.kit.tokens import queries as tokens
from xietong.kit.tokens.models import Token
from xietong.kit.tokens.scopes import SCOPES
from xietong.kit.words import said
from xietong.web.access import ADDRESSEES, AUDIT, RECEIVE_FEEDBACK, RULES


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """What the system administrator watches. No business data."""

    version: str
    database: str
    queue_seconds: float
    jobs: Any
    last_backup: str
    seal: Head
    unsealed: int


def system_status() -> SystemStatus:
    backups = sorted(settings.BACKUP_ROOT.glob("xietong-*")) if settings.BACKUP_ROOT.is_dir() else []
    return SystemStatus(
        version("xietong"),
        f"{connection.vendor} {'.'.join(map(str, server_version()))}",
        jobs.oldest_waiting_seconds(),
        jobs.counts(),
        backups[-1].name if backups else "",
        Head.objects.get(pk=1),
        Entry.objects.filter(link=None).count(),
    )


def server_version() -> tuple[int, ...]:
    return tuple(connection.get_database_version())


def trail(actor: Actor) -> QuerySet[Entry]:
    return visible(actor, AUDIT).order_by("-pk")


def rules(actor: Actor, on: date) -> QuerySet[Rule]:
    """The rules that hold or are to come; one that a county's own value stands in for is left out."""
    unended = Q(effective_to=None) | Q(effective_to__gte=on)
    own = Rule.objects.filter(unended, code=OuterRef("code"), county_id=actor.county_id, effective_from__lte=on)
    return visible(actor, RULES).filter(unended).exclude(Q(Exists(own), county_id=None))


def values_of(actor: Actor, rule: Rule) -> QuerySet[Rule]:
    """Every value that a rule has had here, the county's own ones first, newest first."""
    own_first = F("county_id").desc(nulls_last=True)
    return visible(actor, RULES).filter(code=rule.code).order_by(own_first, "-effective_from")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Those of one county who hold the role that a word goes to."""

    county_id: int
    role: str
    label: str
    accounts: tuple[int, ...]


def addressees(actor: Actor, on: date) -> dict[str, Addressee]:
    """To whom one can turn, by key; a role that nobody holds is not offered, and to observers none of any county."""
    if actor.role in OBSERVERS:
        return {}
    terms = RoleTerm.objects.filter(county_id__in=actor.counties, role__in=ADDRESSEES)
    found: dict[tuple[Any, str], set[int]] = {}
    for county_id, role, account_id in people.acting_accounts(terms, on):
        found.setdefault((county_id, role), set()).add(account_id)
    names = dict(County.objects.filter(pk__in=actor.counties).values_list("pk", "name"))
    order = {role.value: place for place, role in enumerate(ADDRESSEES)}
    return {
        f"{county_id}:{role}": Addressee(county_id, role, f"{names[county_id]} {Role(role).label}", tuple(sorted(to)))
        for (county_id, role), to in sorted(found.items(), key=lambda item: (item[0][0], order[item[0][1]]))
    }


def my_feedback(actor: Actor) -> QuerySet[Feedback]:
    return Feedback.objects.filter(account_id=actor.account_id or 0).order_by("-at", "-pk")


def received_feedback(actor: Actor) -> QuerySet[Feedback]:
    """What was said to the role, and whether it `is_answered`: the databases sort a missing time differently."""
    answered = ExpressionWrapper(Q(answered_at__isnull=False), BooleanField())
    return visible(actor, RECEIVE_FEEDBACK).annotate(is_answered=answered)


def accounts(actor: Actor) -> QuerySet[Any]:
    """The accounts of the people whom one's county keeps, each with the number of its `tokens_in_use`."""
    people = Person.objects.filter(county_id=actor.home).exclude(account=None)
    in_use = Count("tokens", filter=Q(tokens__revoked_at=None, tokens__expires_on__gte=day_of(machine_now())))
    return Account.objects.filter(pk__in=people.values("account_id")).annotate(tokens_in_use=in_use)


@dataclass(frozen=True, slots=True)
class TokenShown:
    """One of one's own tokens, as its owner reads it: `state` is `used`, `expired`, `ended` or `revoked`."""

    row: Token
    role: str
    scopes: tuple[str, ...]
    state: str


def my_tokens(actor: Actor, actors: tuple[Actor, ...]) -> list[TokenShown]:
    """One's own tokens with the roles that they act in; the role of one that has ended is not known any more."""
    roles = {one.term_id: f"{one.role_label} {one.org_name}".strip() for one in actors}
    today = day_of(machine_now())
    return [
        TokenShown(
            row,
            roles.get(row.term_id, ""),
            tuple(str(SCOPES.get(code, code)) for code in row.scopes),
            state_of_token(row, today, holds_role=row.term_id in roles),
        )
        for row in tokens.tokens(actor)
    ]


def state_of_token(row: Token, today: date, *, holds_role: bool) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.expires_on < today:
        return "expired"
    return "used" if holds_role else "ended"


@dataclass(frozen=True, slots=True)
class RouteShown:
    """A form with the route that a county goes by; `version` is 0 while it is the form's own."""

    form: str
    label: str
    steps: tuple[Step, ...]
    version: int

    @property
    def titles(self) -> list[str]:
        return [said(step.title) for step in self.steps]

    @property
    def initial(self) -> dict[str, Any]:
        """The route as its form shows it."""
        found: dict[str, Any] = {"version": self.version}
        for number, step in enumerate(self.steps, start=1):
            found[f"title_{number}"] = said(step.title)
            found[f"role_{number}"] = step.role
            found[f"at_unit_{number}"] = step.at_unit
        return found


def stuck_stages(actor: Actor, on: date) -> list[Stage]:
    """Open steps of one's county that nobody can answer: no one holds the role, or the person named has left."""
    open_ones = Stage.objects.filter(county_id=actor.home, state=Stage.State.OPEN).select_related("approval")
    stages = list(open_ones.order_by("opened_at", "pk"))
    named = accounts_in_use(one.account_id for one in stages if one.account_id)
    held = people.places_held(actor.home, {one.role for one in stages}, on)
    roles = {role for role, _place in held}

    def is_answered(one: Stage) -> bool:
        if one.account_id:
            return one.account_id in named
        return (one.role, one.org_id) in held if one.org_id else one.role in roles

    return [one for one in stages if not is_answered(one)]


def routes(county_id: int) -> list[RouteShown]:
    """Every form with its route, in the order in which the forms were made known; one query for all."""
    own = {row.form: row for row in Route.objects.filter(county_id=county_id)}
    return [
        RouteShown(
            code,
            str(form.label),
            tuple(map(Step.kept, own[code].steps)) if code in own else form.steps,
            own[code].version if code in own else 0,
        )
        for code, form in FORMS.items()
    ]


def route(county_id: int, form: str) -> RouteShown:
    return next(one for one in routes(county_id) if one.form == form)
