from django.db import models


class Value(models.Model):
    """One measure of one unit in one period, as it follows from the rows: kept by `refresh`, never typed in.

    `unit_id` is an organisation, or 0 for the county as a whole; `stage` is empty where there is none.
    """

    county_id = models.BigIntegerField()
    measure = models.CharField(max_length=40)
    period = models.PositiveIntegerField()
    unit_id = models.BigIntegerField(default=0)
    stage = models.CharField(max_length=12, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county_id", "period", "measure", "unit_id", "stage"], name="measured_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.period} {self.unit_id}{self.stage} {self.value}"
