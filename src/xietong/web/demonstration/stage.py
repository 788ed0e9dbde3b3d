"""Who plays in the meetings of the demonstration."""

from dataclasses import dataclass

from xietong.areas.dispatch.queries import units_offered
from xietong.areas.orgs.models import Organisation, OrgKind, Role
from xietong.areas.people.models import RoleTerm
from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.rules.states import OPEN
from xietong.web.demonstration.moments import TODAY

ASKED = {"group": 6, "others": 4, "sections": 6, "universities": 1, "schools": 9}
TASKS = 24


@dataclass(frozen=True, slots=True)
class Stage:
    """Who plays: the units that are asked, who records, and open tasks to speak about."""

    units: tuple[Organisation, ...]
    recorder: str
    office: str
    tasks: tuple[Task, ...]

    @property
    def bound(self) -> tuple[Organisation, ...]:
        """Whom a decision may bind: not those who make it."""
        deciding = {OrgKind.LEADING_GROUP, OrgKind.GROUP_OFFICE}
        return tuple(one for one in self.units if one.kind not in deciding)


def set_stage(plan: Plan) -> Stage:
    offered = units_offered(plan.county_id, TODAY)
    units = tuple(one for kind, most in ASKED.items() for one in list(offered[kind].values())[:most])
    terms = RoleTerm.objects.filter(county_id=plan.county_id, role=Role.OFFICE)
    term = terms.select_related("person", "organisation").order_by("pk")[0]
    tasks = plan.tasks.filter(state__in=sorted(OPEN)).select_related("lead_unit").order_by("light_on", "pk")
    return Stage(units, term.person.name, str(term.organisation), tuple(tasks[:TASKS]))
