"""The reader of an action plan: lines of text in, clauses, phases, names, figures and first tasks out.

    reading ─ outline ─ enumerations, headings, numbering ─ markers
            ─ dates, quantities, series ─ nouns, numbers
            ─ organisations ─ names · documents · phases
    proposals ─ duties, doers ─ source
    exchange, listing

Standard library only. All parts work on folded text (half-width, one character for one), so that offsets
found there hold in the text as written.
"""

from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.exchange import to_json
from xietong.areas.plans.rules.reader.listing import print_outline
from xietong.areas.plans.rules.reader.outline import outline_text
from xietong.areas.plans.rules.reader.proposals import proposals
from xietong.areas.plans.rules.reader.reading import read
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import (
    Clause,
    DateMention,
    Document,
    DocumentStatus,
    Kind,
    KnownOrganisation,
    Mention,
    MentionKind,
    Origin,
    Passage,
    Phase,
    Proposal,
    Quantity,
    Reading,
    Series,
)

__all__ = [
    "Caution",
    "CautionCode",
    "Clause",
    "DateMention",
    "Document",
    "DocumentStatus",
    "Kind",
    "KnownOrganisation",
    "Mention",
    "MentionKind",
    "Origin",
    "Passage",
    "Phase",
    "Proposal",
    "Quantity",
    "Reading",
    "Series",
    "Span",
    "outline_text",
    "print_outline",
    "proposals",
    "read",
    "to_json",
]
