"""How full, how far, which stage: as a word with a colour."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs import queries as orgs
from xietong.areas.places.rules.bands import Band
from xietong.kit.pages.templatetags.pages import tag

BANDS = {
    Band.SPARE: (gettext_lazy("富余"), "blue"),
    Band.FIT: (gettext_lazy("适中"), "green"),
    Band.TIGHT: (gettext_lazy("紧张"), "orange"),
    Band.SHORT: (gettext_lazy("缺口"), "red"),
    Band.NONE: (gettext_lazy("无"), "grey"),
}
PROJECTS = {"planned": "grey", "building": "blue", "delivered": "green", "cancelled": "grey"}
SCENARIOS = {"draft": "grey", "submitted": "orange", "approved": "green", "retired": "grey"}


def band_tag(band: Band) -> SafeString:
    word, tone = BANDS[band]
    return tag(word, tone)


def gap_tag(cell: Any) -> SafeString:
    """What is missing or left over in a year to come, with the colour of how full that is."""
    words = _("缺 %(n)d") if cell.gap > 0 else _("余 %(n)d")
    return tag(words % {"n": abs(cell.gap)}, BANDS[cell.band][1])


def project_tag(row: Any) -> SafeString:
    return tag(row.get_state_display(), PROJECTS[row.state])


def scenario_tag(row: Any) -> SafeString:
    """The state, and while a worker is at it that."""
    if row.computed_at is None:
        return tag(_("测算中"), "blue")
    return tag(row.get_state_display(), SCENARIOS[row.state])


def stage_name(stage: str) -> str:
    return dict(orgs.stage_choices()).get(stage, stage)
