"""Reads of this area: the dictionary, values and what they come from, balance, what was reported upward."""

from xietong.areas.indicators.queries.balance import (
    BASIC_YEAR,
    balance_page,
    balance_register,
    county_of_register,
    entries_of,
    named,
    registers_of,
    veto_codes,
    what_if,
    what_ifs,
)
from xietong.areas.indicators.queries.beside import (
    schools_beside,
)
from xietong.areas.indicators.queries.cheapest import (
    SECONDS,
    search,
)
from xietong.areas.indicators.queries.dictionary import (
    band_limits,
    county_indicators,
    dictionary,
    direction_choices,
    formula_in_words,
    grain_choices,
    grain_of,
    indicator,
    indicator_to_keep,
    indicators,
    is_locked,
    measures_offered,
    period_asked,
    period_name,
    period_now,
    period_shown,
    periods_of_grain,
    periods_told,
    reported_by_choices,
    section_choices,
    targets_of,
    wanted,
)
from xietong.areas.indicators.queries.entries import (
    MEASURED_CODES,
    SHARES,
    entry_codes,
    entry_initial,
    entry_words,
    figure_codes,
    is_of_preschool,
)
from xietong.areas.indicators.queries.figures import (
    Figures,
    Needs,
    based,
    checked,
    figures,
    measures_of,
    needs_of,
    parsed,
    problem_of,
)
from xietong.areas.indicators.queries.inputs import (
    InputPage,
    input_page,
    inputs_of,
)
from xietong.areas.indicators.queries.moving import (
    movers,
)
from xietong.areas.indicators.queries.pictures import (
    ahead_in_words,
    chart_of,
    chart_of_schools,
    summary_of,
)
from xietong.areas.indicators.queries.preschool import (
    preschool_page,
)
from xietong.areas.indicators.queries.reported import (
    band_of,
    reported_page,
)
from xietong.areas.indicators.queries.reporting import (
    MOST,
    duties,
    evidence_of,
    indicator_to_compare,
    indicator_to_report,
    reading,
    reading_of,
    reading_to_correct,
    reading_to_verify,
    readings_to_verify,
    returned,
)
from xietong.areas.indicators.queries.scorecard import (
    county_readings,
    scorecard,
)
from xietong.areas.indicators.queries.standing import (
    Level,
    Standing,
    goals,
    levels,
    standings,
)
from xietong.areas.indicators.queries.trend import (
    IndicatorPage,
    indicator_page,
)
from xietong.areas.indicators.queries.trying import (
    additions_of,
    items_to_add,
    usual_terms,
    what_if_page,
)
from xietong.areas.indicators.queries.units import (
    gap_in_words,
    unit_of,
    unit_page,
    unit_rows,
)
from xietong.areas.indicators.queries.values import (
    inputs_as_data,
    missing_as_data,
    plain,
    undefined_in_words,
    with_unit,
)
from xietong.areas.indicators.queries.verdicts import (
    balance_summary,
    requirement_parts,
    variation_rows,
)
from xietong.areas.indicators.queries.wording import (
    SENTENCES,
    wording,
)
