"""The reader of an action plan: lines of text in, clauses, phases, names, figures and first tasks out.

    cleaning ─ lines
    reading ─ frame, grid
            ─ outline ─ enumerations, headings, numbering ─ markers
            ─ dates, quantities, rhythms, series ─ nouns, numbers
            ─ organisations ─ names, abbreviations · documents · phases
            ─ responsibilities ─ doers · objectives
    proposals ─ duties, doers ─ source
    exchange, listing

Standard library only. All parts work on folded text (half-width, Simplified, one character for one), so that offsets
found there hold in the text as written.
"""

from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.cleaning import Cleaned, clean
from xietong.areas.plans.rules.reader.exchange import to_json
from xietong.areas.plans.rules.reader.frame import Frame
from xietong.areas.plans.rules.reader.lines import SourceLine
from xietong.areas.plans.rules.reader.listing import print_outline
from xietong.areas.plans.rules.reader.outline import outline_text
from xietong.areas.plans.rules.reader.proposals import proposals
from xietong.areas.plans.rules.reader.reading import read
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import (
    Clause,
    Comparison,
    DateMention,
    Document,
    DocumentStatus,
    Kind,
    KnownOrganisation,
    Mention,
    MentionKind,
    Objective,
    Origin,
    Part,
    Passage,
    Phase,
    Proposal,
    Quantity,
    Reading,
    Responsibility,
    Rhythm,
    Series,
    Waits,
)
