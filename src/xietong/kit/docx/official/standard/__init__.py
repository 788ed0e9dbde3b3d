"""The shipped templates, made by code: an office downloads one, changes it in Word or WPS and uploads it."""

from functools import cache

from xietong.kit.docx.official.content import Bulletin, Circular, Minutes, Official
from xietong.kit.docx.official.sealing import sealed
from xietong.kit.docx.official.standard.kinds import bulletin, circular, minutes

MAKERS = {Bulletin: bulletin, Circular: circular, Minutes: minutes}


@cache
def standard_template(kind: type[Official]) -> bytes:
    """The .docx that documents of a kind are made from as long as an office has none of its own."""
    return sealed(MAKERS[kind]())
