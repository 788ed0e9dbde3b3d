"""The lists of this area."""

from xietong.areas.places.tables.keeping import HousingTable, ProjectTable, ScenarioTable
from xietong.areas.places.tables.supply import SchoolTable, TownshipTable
from xietong.areas.places.tables.words import band_tag, gap_tag, project_tag, scenario_tag, stage_name
