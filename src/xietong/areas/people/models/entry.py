from django.db import models
from django.utils.translation import gettext_lazy as _

from xietong.areas.orgs.models import County
from xietong.areas.people.models.person import Person
from xietong.kit.records.versioned import Versioned


class Invitation(Versioned):
    """The way in for somebody without an account: a link, printed as a QR code, used once. Only its hash is kept."""

    PERSONAL = frozenset({"token_hash"})

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.person)


class Handover(models.Model):
    """交接: what somebody held went to a successor in one step; the numbers say how much."""

    county = models.ForeignKey(County, models.PROTECT, null=True, related_name="+")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    roles = models.PositiveIntegerField()
    reason = models.CharField(_("原因"), max_length=300)

    def __str__(self) -> str:
        return f"{self.giver} → {self.successor}"


class Transfer(Versioned):
    """Somebody moves to another county: asked by the one, confirmed by the other; until then nothing moves."""

    class State(models.TextChoices):
        ASKED = "asked", _("待对方确认")
        CONFIRMED = "confirmed", _("已调入")
        REFUSED = "refused", _("对方退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_county = models.ForeignKey(County, models.PROTECT, related_name="+")
    to_county = models.ForeignKey(County, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    arrived = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state="asked"),
                name="one_open_transfer",
                violation_error_message=_("该人员已有一项调动在等待对方确认。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.from_county} → {self.to_county}"
