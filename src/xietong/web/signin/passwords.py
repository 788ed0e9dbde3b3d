"""The password rule that is customary for systems of protection level 2: length and kinds of characters."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
NEEDED = 3
SHORTEST = 8


class LengthValidator:
    """Says it in our words: Django has no Chinese sentence for this one."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        return _("密码至少 %(n)d 位。") % {"n": SHORTEST}


class ThreeClassesValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in CLASSES) < NEEDED:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        return _("密码须含小写字母、大写字母、数字、符号中的三种。")
