"""What a county may keep, counted under the lock of its row: two processes cannot both take the rest."""

from django.utils.translation import gettext as _

from xietong.kit.files.limits import MEBIBYTE
from xietong.kit.files.models import Usage
from xietong.kit.files.refusals import QuotaExceeded

NO_COUNTY = 0


def charge(county_id: int | None, size: int) -> None:
    """This function will count bytes for a county (negative: give back), in the caller's transaction.

    Raises
        QuotaExceeded: the county has no room for them; nothing was counted.
    """
    usage, _created = Usage.objects.select_for_update().get_or_create(county_id=county_id or NO_COUNTY)
    if size > 0 and usage.used + size > usage.allowed:
        message = _("本县附件空间不足（剩余 %(left)d MB），请联系系统管理员扩容。")
        raise QuotaExceeded(message % {"left": max(0, usage.allowed - usage.used) // MEBIBYTE})
    usage.used += size
    usage.save(update_fields=["used"])
