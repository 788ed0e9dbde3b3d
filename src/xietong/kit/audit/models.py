from django.db import models


class Entry(models.Model):
    """One deed: who, in which role, from where, when by both clocks, to what, from–to, and why."""

    at = models.DateTimeField(help_text="machine time")
    business_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    org_id = models.BigIntegerField(null=True)
    org_name = models.CharField(max_length=120, blank=True)
    county_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    target_name = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["county_id", "at"]),
            models.Index(fields=["target_type", "target_id"]),
            models.Index(fields=["account_id", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_name} {self.action}"


class Link(models.Model):
    """One link of the chain: entries in the order in which they were found committed."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link")
    key_id = models.CharField(max_length=20)
    mac = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seq}: {self.mac[:12]}"


class Head(models.Model):
    """The end of the chain. Its row lock lets one process seal at a time."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_audit_head")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.mac[:12]}"
