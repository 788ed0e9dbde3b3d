from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce


class Versioned(models.Model):
    """A row that people edit: its version tells whether somebody else was faster."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def or_zero(field: str) -> Coalesce:
    """A key that may be missing, as unique constraints can compare it: to them one NULL is unlike another."""
    return Coalesce(field, Value(0), output_field=models.BigIntegerField())
