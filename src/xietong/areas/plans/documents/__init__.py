"""The documents of this area, as data."""

from xietong.areas.plans.documents.breakdown import breakdown
from xietong.areas.plans.documents.briefing import FIGURES, KINDS, briefing, decider
from xietong.areas.plans.documents.curve import progress_chart
from xietong.areas.plans.documents.packing import contents, filed
from xietong.areas.plans.documents.pressing import follow_up, follow_up_number, phrases, press_text
