from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce


class Holiday(models.Model):
    """A weekday off, or a weekend day worked. Without a county it is the State Council's notice."""

    county_id = models.BigIntegerField(null=True, blank=True)
    on = models.DateField()
    is_work = models.BooleanField()
    name = models.CharField(max_length=60)
    document = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Coalesce("county_id", Value(0)), "on", name="holiday_once_a_county")]
        indexes = [models.Index(fields=["county_id", "on"])]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}"


class FrozenClock(models.Model):
    """The one row that stops business time at the demonstration's date; absent in a real database."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    business_now = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_frozen_clock")]

    def __str__(self) -> str:
        return f"{self.business_now:%Y-%m-%d %H:%M}"
