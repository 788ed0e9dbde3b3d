"""`Run`: what the function of a job sees of its attempt, and what it leaves behind after each batch."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import SYSTEM, Actor, actors_of
from xietong.kit.clock.time import business_now, day_of
from xietong.kit.errors import Refused

RESULTS = "results"


class Hopeless(Refused):
    """Trying again would end the same way. The message is shown to whoever asked for the job."""


@dataclass(slots=True)
class Run:
    """One attempt at a job. What the function sets here is saved with the batch that it ends with `yield`.

    `cursor` is what the last saved batch left: empty at the first attempt. A job without a total
    (`total` 0) shows no bar.
    """

    job_id: int
    attempt: int
    payload: dict[str, Any]
    lease_token: str
    account_id: int | None = None
    term_id: int | None = None
    county_id: int | None = None
    cursor: dict[str, Any] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    message: str = ""
    result: Any = None
    result_file: str = ""

    @property
    def now(self) -> datetime:
        """Business time, for the actions that the job calls."""
        return business_now()

    def actor(self) -> Actor:
        """Whoever asked, with the rights that he has today.

        Raises
            Hopeless: the role in which he asked has ended.
        """
        if self.account_id is None:
            return SYSTEM
        for actor in actors_of()(self.account_id, day_of(self.now)):
            if actor.term_id == self.term_id:
                return actor
        raise Hopeless(_("提交任务时使用的角色已经结束，任务没有继续处理。"))

    def file(self, name: str) -> Path:
        """Where to write the file that the download centre offers under this name.

        Each attempt has a folder of its own, so that one that lost its lease spoils nothing.
        """
        self.result_file = f"{RESULTS}/{self.job_id}-{self.lease_token}/{name}"
        path = Path(settings.FILES_ROOT) / self.result_file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


Outside = Callable[[], Any]
