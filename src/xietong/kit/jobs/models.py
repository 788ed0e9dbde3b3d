from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xietong.kit.words import said


class State(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("处理中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


OPEN = (State.WAITING, State.RUNNING)
TONES = {State.RUNNING: "blue", State.DONE: "green", State.FAILED: "red"}


class Job(models.Model):
    """One piece of work. All its times are machine time but `created_at`, which is when somebody asked.

    While it is open no other has its key. `lease_token` names the worker's attempt that may write;
    `cursor` is what that attempt, or the next one, needs to go on.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    run_at = models.DateTimeField()
    task_id = models.UUIDField(null=True, help_text="the queue's task that carries this row")
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    cursor = models.JSONField(default=dict)
    done_steps = models.PositiveIntegerField(default=0)
    total_steps = models.PositiveIntegerField(default=0)
    message = models.CharField(_("说明"), max_length=300, blank=True)
    result = models.JSONField(null=True)
    result_file = models.CharField(max_length=250, blank=True, help_text="relative to FILES_ROOT")
    county_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True, help_text="who asked; none for the schedule")
    term_id = models.BigIntegerField(null=True, help_text="the role in which it was asked")
    created_at = models.DateTimeField(_("提交时间"), help_text="business time")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("后台任务")
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(state__in=OPEN), name="open_job_once_a_key")
        ]
        indexes = [
            models.Index(fields=["account_id", "-created_at"]),
            models.Index(fields=["state", "run_at"]),
            models.Index(fields=["county_id", "state"]),
            models.Index(fields=["key"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def tone(self) -> str:
        return TONES.get(State(self.state), "grey")

    @property
    def said(self) -> str:
        """What the job told at last, in the language of whoever reads it."""
        return said(self.message)

    @property
    def file_name(self) -> str:
        return self.result_file.rpartition("/")[2]


class Schedule(models.Model):
    """What runs by itself. An administrator may change how often."""

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=60)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField(help_text="machine time")
    payload: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(every_seconds__gt=0), name="schedule_moves_on")]

    def __str__(self) -> str:
        return self.name
