"""Why something cannot be done here."""

from django.utils.translation import gettext as _

from xietong.areas.places.models import Scenario
from xietong.areas.places.rules.states import ScenarioState
from xietong.kit.errors import Refused
from xietong.kit.records.writing import locked


class Impossible(Refused):
    """An assumption or a day that cannot be."""


class Unlikely(Refused):
    """A number of births that somebody has to give the reason of."""


class TooLittleKnown(Refused):
    """What is known is not enough for a forecast; says what is missing."""


class WrongState(Refused):
    """The scenario or project has moved on."""


class NotComputed(Refused):
    """There is no forecast that could be submitted or approved."""


def must_be(scenario: Scenario, state: ScenarioState) -> Scenario:
    """The scenario as it stands, held until the transaction ends.

    Raises
        WrongState: it is in another state.
    """
    row = locked(scenario)
    if row.state != state.value:
        said = {"name": row.name, "state": row.get_state_display()}
        raise WrongState(_("方案“%(name)s”现在是“%(state)s”，不能这样操作。") % said)
    return row
