"""Reads of this area."""

from xietong.areas.places.queries.births import (
    BirthsPage,
    Cell,
    births_by_cohort,
    births_page,
    births_to_keep,
    certainty_choices,
    cohort_choices,
    cohort_name,
    housing,
    housing_to_keep,
    needed_until,
    source_choices,
    times_of,
)
from xietong.areas.places.queries.ground import ground, lacking_births
from xietong.areas.places.queries.outlook import Outlook, TownshipStage, outlook
from xietong.areas.places.queries.overview import Overview, StageView, overview
from xietong.areas.places.queries.projects import (
    project,
    project_kinds,
    project_stages,
    project_states,
    project_to_extend,
    project_to_keep,
    projects,
    schools_by_id,
)
from xietong.areas.places.queries.scenarios import (
    Comparison,
    ScenarioPage,
    approved,
    base_years,
    comparison,
    default_assumptions,
    entry_choices,
    forecasting,
    in_words,
    scenario_page,
    scenario_to_copy,
    scenario_to_keep,
    scenario_to_settle,
    scenarios,
    scenarios_to_settle,
    shown_scenario,
    tested_page,
)
from xietong.areas.places.queries.schools import SchoolPage, SchoolRow, own_schools, school_page, school_rows
from xietong.areas.places.queries.standards import bands, entry_ages, standards
from xietong.areas.places.queries.supply import Supply, counted_at, delivered_since, supply
from xietong.areas.places.queries.townships import townships_by_id
