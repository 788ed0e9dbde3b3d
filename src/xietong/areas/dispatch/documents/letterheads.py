"""With what documents of a county begin and end as long as it has set nothing else."""

from string import Template

from xietong.areas.dispatch.documents.wording import words
from xietong.areas.orgs.models import County


def default_head(kind: str, county: County) -> dict[str, str]:
    """The places of a kind by name, in the order in which they are asked; the office changes them on its page."""
    kept = words()["heads"][kind]
    return {name: Template(text).substitute(county=county.name) for name, text in kept.items()}
