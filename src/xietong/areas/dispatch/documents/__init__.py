"""The texts of monthly dispatch that leave the system: a reminder for a group, bulletins, circulars and minutes."""

from xietong.areas.dispatch.documents.letterheads import default_head
from xietong.areas.dispatch.documents.missing import missing_text
from xietong.areas.dispatch.documents.official import KINDS, standard
from xietong.areas.dispatch.documents.reading import (
    Reading,
    as_it_stands,
    material_of,
    read,
    snapshot_of,
    template_in_force,
    written,
)
from xietong.areas.dispatch.documents.upward import upward_figures, upward_file, upward_names
from xietong.areas.dispatch.documents.wording import Material, named_lines

__all__ = [
    "KINDS",
    "Material",
    "Reading",
    "as_it_stands",
    "default_head",
    "material_of",
    "missing_text",
    "named_lines",
    "read",
    "snapshot_of",
    "standard",
    "template_in_force",
    "upward_figures",
    "upward_file",
    "upward_names",
    "written",
]
