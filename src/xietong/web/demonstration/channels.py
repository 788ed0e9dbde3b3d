"""消息渠道 of 云岭县: set up, tried for some days, and switched off. Nothing of it was ever sent."""

from datetime import datetime, timedelta

from xietong.areas.orgs.models import County
from xietong.kit.accounts.models import Account
from xietong.kit.notices.channels import mail as by_mail
from xietong.kit.notices.channels import robot as by_robot
from xietong.kit.notices.hours import PATIENCE
from xietong.kit.notices.models import Channel, Delivery, Notice
from xietong.kit.notices.ways import sealed
from xietong.web.demonstration.cast import PREFIX
from xietong.web.demonstration.latest import at

State = Delivery.State
READERS = ("office", "school_liaison", "teacher", "member_unit")
# Names that by their ending belong to nobody.
ADDRESS = "yanshi.{}@yunling.example"
SEALED = "演示"


def lay_channels(county: County) -> None:
    """This function will set up both channels, give some of the cast an address, and write a log of a few days."""
    for login in READERS:
        Account.objects.filter(username=f"{PREFIX}{login}").update(
            mail_address=ADDRESS.format(login.replace("_", ".")), wants_mail=True
        )
    mail = channel(
        county,
        Channel.Kind.MAIL,
        host="smtp.yunling.example",
        sender="yanshi@yunling.example",
        username="yanshi@yunling.example",
    )
    robot = channel(
        county, Channel.Kind.ROBOT, host="qyapi.weixin.qq.com", port=443, kinds=["plans.report", "approvals.open"]
    )
    log(robot, at(18, 10, 30), count=1)
    log(mail, at(18, 17, 10), login="school_liaison", count=1)
    log(mail, at(19, 9, 50), login="office", count=1, state=State.FAILED, attempts=1, error=by_mail.REFUSED, code=550)
    log(robot, at(19, 10, 5), count=2, attempts=3)
    log(mail, at(19, 11, 35), login="teacher", count=1, state=State.UNCERTAIN, error=by_mail.SILENT)
    log(robot, at(19, 17, 30), count=1, state=State.FAILED, error=by_robot.BAD_KEY, code=93000)
    log(robot, at(19, 17, 50), is_test=True)
    log(mail, at(20, 9, 30), login="member_unit", count=1, attempts=0, state=State.DROPPED, error="渠道已关闭。")


def channel(county: County, kind: str, **fields: object) -> Channel:
    row = Channel(county_id=county.pk, kind=kind, is_on=False, **fields)
    row.secret = sealed(row, SEALED)
    row.save()
    return row


def log(
    channel: Channel,
    now: datetime,
    *,
    login: str = "",
    state: str = State.SENT,
    attempts: int = 1,
    error: str = "",
    count: int = 0,
    is_test: bool = False,
    **values: int,
) -> None:
    account = Account.objects.get(username=f"{PREFIX}{login}") if login else None
    told = Notice.objects.filter(account_id=account.pk, created_at__lte=now).order_by("-pk")[:2] if account else ()
    notices = [row.pk for row in told]
    Delivery.objects.create(
        channel=channel,
        county_id=channel.county_id,
        account_id=account.pk if account else None,
        is_test=is_test,
        notice_ids=notices,
        count=len(notices) or count,
        state=state,
        attempts=attempts,
        created_at=now - timedelta(minutes=30),
        due_at=now,
        give_up_at=now + PATIENCE,
        sending_at=now if attempts else None,
        ended_at=now,
        error=error,
        error_values=values,
    )
