"""Personal numbers as they are stored: encrypted, masked, and the identity number hashed for finding it again."""

from xietong.areas.people.actions.keeping import Keeper
from xietong.areas.people.models import Person
from xietong.areas.people.rules.identity import (
    IdentityError,
    IdentityNumber,
    PhoneError,
    mask_identity,
    mask_phone,
    parse_phone,
)
from xietong.kit.errors import Refused
from xietong.kit.keys.sealing import decrypt, encrypt, fingerprint, fingerprints
from xietong.kit.ring import ring
from xietong.kit.words import said


class Malformed(Refused):
    """The text is no identity number, or no mobile number."""


class AlreadyRegistered(Refused):
    """The keeper has somebody with this identity number already."""


def identity_number(text: str) -> IdentityNumber | None:
    """The number that was typed, if any.

    Raises
        Malformed: what was typed is none; says why without repeating it.
    """
    try:
        return IdentityNumber.parse(text) if text.strip() else None
    except IdentityError as error:
        raise Malformed(said(error.sentence, error.values)) from error


def phone_number(text: str) -> str:
    try:
        return parse_phone(text) if text.strip() else ""
    except PhoneError as error:
        raise Malformed(said(error.sentence)) from error


def identity_fields(keeper: Keeper, number: IdentityNumber | None) -> dict[str, str]:
    """The fields of a person that an identity number fills; it also tells the sex."""
    if number is None:
        return {}
    return {
        "identity_cipher": encrypt(ring(), number.text, context=keeper.context),
        "identity_hash": fingerprint(ring(), number.text, scope=keeper.scope),
        "identity_masked": mask_identity(number.text),
        "sex": number.sex.value,
    }


def phone_fields(keeper: Keeper, phone: str) -> dict[str, str]:
    if not phone:
        return {}
    return {
        "phone_cipher": encrypt(ring(), phone, context=keeper.context),
        "phone_masked": mask_phone(phone),
    }


def opened(person: Person, cipher: str) -> str:
    """The plaintext of one of a person's stored numbers; an empty one is empty."""
    return decrypt(ring(), cipher, context=Keeper.of(person).context) if cipher else ""


def is_number_of(keeper: Keeper, person: Person, number: IdentityNumber | None) -> bool:
    """Whether the register has this very number of somebody; without a number there is nothing to tell apart."""
    return number is None or person.identity_hash in hashes_of(keeper, number)


def hashes_of(keeper: Keeper, number: IdentityNumber) -> tuple[str, ...]:
    """What a number may be stored as: hashed under the present key or an older one."""
    return fingerprints(ring(), number.text, scope=keeper.scope)


def is_phone_of(person: Person, phone: str) -> bool:
    return not phone or opened(person, person.phone_cipher) == phone


def is_registered(keeper: Keeper, number: IdentityNumber | None, *, besides: int | None = None) -> bool:
    """Whether the keeper has somebody with this number, also where it was hashed under an older key."""
    if number is None:
        return False
    here = {"county_id": keeper.county_id, "university_id": keeper.university_id}
    rows = Person.objects.filter(**here, left_on=None, identity_hash__in=hashes_of(keeper, number))
    return rows.exclude(pk=besides or 0).exists()
