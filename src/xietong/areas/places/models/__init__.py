"""The tables of this area."""

from xietong.areas.places.models.births import Births, Housing
from xietong.areas.places.models.project import Project
from xietong.areas.places.models.scenario import Scenario
