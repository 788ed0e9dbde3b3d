"""What the minutes of a meeting say as a document."""

from string import Template

from django.utils.translation import gettext as _

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.documents.month import decision_line, of_decision
from xietong.areas.dispatch.documents.wording import Material, counting, harmless, listing, material, words
from xietong.areas.dispatch.models import Attendance, Decision, Meeting
from xietong.areas.dispatch.rules.snapshots import Line, Source
from xietong.kit.pages.templatetags.pages import day
from xietong.kit.words import for_the_record


def material_of_meeting(meeting: Meeting) -> Material:
    """This function will put the fixed minutes of a meeting, with what was added to them, into a document."""
    with for_the_record():
        came, decided = queries.counted_in(meeting)
        units = {one.unit_id: one for one in came}
        kept = words()["minutes"]
        corrected = Template(kept["addition"])
        additions = [corrected.substitute(text=one.text) for one in meeting.additions.order_by("at", "pk")]
        return material(
            "minutes",
            {
                "meeting": meeting.title,
                "day": day(meeting.starts_at),
                "chair": meeting.chair or kept["chair"],
                "place": meeting.place or kept["place"],
            },
            figures={
                "present": counting("present", [of_place(one) for one in units.values()]),
                "made": counting("made", [of_decision(one) for one in decided]),
            },
            listings={"made": listing("made", map(made_line, decided))},
            texts={"minutes": (harmless("\n".join([meeting.minutes, *additions])), ())},
            rolls=rolls(meeting),
        )


def made_line(row: Decision) -> Line:
    """Without its state, which the minutes do not tell."""
    line = decision_line(row)
    return Line(line.cells[:4], line.source)


def of_place(row: Attendance) -> Source:
    return Source("place", row.meeting_id, str(row))


def rolls(meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Who took part, sat in, was excused: a line for each unit."""
    rows = list(queries.places_of(meeting))
    came = [one for one in rows if one.state == Attendance.State.PRESENT]
    return {
        "present": by_unit([one for one in came if one.part == Attendance.Part.MEMBER]),
        "invited": by_unit([one for one in came if one.part == Attendance.Part.GUEST]),
        "excused": by_unit([one for one in rows if one.state == Attendance.State.EXCUSED]),
    }


def by_unit(rows: list[Attendance]) -> tuple[str, ...]:
    found: dict[str, list[str]] = {}
    for one in rows:
        found.setdefault(one.unit.name, []).append(one.name or str(one.person or ""))
    return tuple(f"{unit}　{_('、').join(filter(None, names))}".strip() for unit, names in found.items())
