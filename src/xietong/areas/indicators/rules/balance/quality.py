"""教育质量, 社会认可度, vetoes and the condition of applying: what of them can be reckoned."""

from datetime import date
from fractions import Fraction

from xietong.areas.indicators.rules.balance.checks import Case, Check, everywhere, measured, share
from xietong.areas.indicators.rules.balance.county import County, Monitored, Totals
from xietong.areas.indicators.rules.balance.figures import HUNDRED, Comparator, less, quotient, total
from xietong.areas.indicators.rules.balance.guarantees import compulsory, special
from xietong.areas.indicators.rules.balance.standards import Standards


def retention(county: County, standards: Standards) -> Check:
    """Q1 三年巩固率. Its official wording was not seen: the county chooses between the two formulas in use."""
    formula = FORMULAS[standards.whole("Q1.formula")]
    part, whole = formula(county.totals)
    places = standards.whole("places.percent")
    return share("Q1", part, whole, standards.number("Q1.retained"), places=places)


def by_expected(totals: Totals) -> tuple[Fraction | None, Fraction | None]:
    """Who graduates, of those who should by now be there."""
    present = total(totals.cohort, totals.moved_in)
    return total(totals.graduates), less(present, totals.moved_out, totals.died)


def by_cohort(totals: Totals) -> tuple[Fraction | None, Fraction | None]:
    """Who of the first year graduates, here or elsewhere, of those who are alive."""
    graduates = less(total(totals.graduates, totals.moved_out), totals.moved_in)
    return graduates, less(totals.cohort, totals.died)


FORMULAS = {1: by_expected, 2: by_cohort}


def training_funds(county: County, standards: Standards) -> Check:
    """Q4: the share of training in the public funds of every school, the special ones too."""
    limit = standards.number("Q4.training")
    cases = (
        Case(
            school.code,
            quotient(school.conditions.training_funds, school.conditions.public_funds, per=HUNDRED),
            limit,
        )
        for school in (*compulsory(county), *special(county))
    )
    return everywhere("Q4", cases, Comparator.AT_LEAST, places=standards.whole("places.percent"))


def levels(county: County, standards: Standards) -> Check:
    """Q9: level Ⅲ or above in each subject that was monitored."""
    limit = standards.number("Q9.level")
    cases = (
        Case(one.subject, None if one.level is None else Fraction(one.level), limit) for one in monitored(county)
    )
    return everywhere("Q9.level", cases, Comparator.AT_LEAST)


def differences(county: County, standards: Standards) -> Check:
    """Q9 校际差异率: below the limit, not at it."""
    limit = standards.number("Q9.difference")
    cases = (
        Case(one.subject, None if one.difference is None else Fraction(one.difference), limit)
        for one in monitored(county)
    )
    return everywhere("Q9.difference", cases, Comparator.BELOW, places=standards.whole("places.cv"))


def monitored(county: County) -> tuple[Monitored, ...]:
    """The subjects; while there are none, one that did not report."""
    return county.monitored or (Monitored(""),)


def recognition(county: County, standards: Standards) -> Check:
    limit, places = standards.number("recognition"), standards.whole("places.percent")
    return measured("R", county.recognition, Comparator.AT_LEAST, limit, places=places)


def vetoes(county: County, _standards: Standards) -> Check:
    """一票否决: nothing on the list has happened, and somebody has said so of each."""
    cases = (
        Case(code, None if has_happened is None else Fraction(has_happened), Fraction(0))
        for code, has_happened in (county.vetoes or {"": None}).items()
    )
    return everywhere("V", cases, Comparator.AT_MOST)


def basic_years(county: County, standards: Standards) -> Check:
    """Full years since the county was recognised as balanced in the basic sense (基本均衡)."""
    since, until = county.basic_since, county.judged_on
    years = None if since is None or until is None else full_years(since, until)
    return measured("E", years, Comparator.AT_LEAST, standards.number("basic_years"), places=0)


def full_years(since: date, until: date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))
