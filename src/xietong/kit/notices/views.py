"""One query or one action a view. The site mounts them and gives the permission."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xietong.kit.accounts.request import Request
from xietong.kit.notices import actions, queries
from xietong.kit.notices.models import Notice

PAGE = 20


def inbox(request: Request) -> HttpResponse:
    unread_only = request.GET.get("unread") == "1"
    pages = Paginator(queries.inbox(request.actor, unread_only=unread_only), PAGE)
    shown = pages.get_page(request.GET.get("page"))
    numbers = pages.get_elided_page_range(shown.number, on_each_side=2, on_ends=1)
    context = {
        "title": _("消息"),
        "page": shown,
        "numbers": list(numbers),
        "ellipsis": Paginator.ELLIPSIS,
        "unread_only": unread_only,
        "crumbs": [(_("消息"), None)],
    }
    return render(request, "notices/inbox.html", context)


def open_notice(request: Request, pk: int) -> HttpResponse:
    """Marks it read and goes on to its page, in the role that it concerns."""
    found = queries.notice(request.actor, pk)
    actions.mark_read(request.actor, found, now=request.now)
    return redirect(destination(found))


def read_all(request: Request) -> HttpResponse:
    count = actions.mark_all_read(request.actor, now=request.now)
    said = ngettext("已将 %(count)d 条消息标为已读。", "已将 %(count)d 条消息标为已读。", count)
    messages.success(request, said % {"count": count})
    return redirect("notices")


def destination(found: Notice) -> str:
    """The notice's page on this site; the inbox if it has none."""
    if not found.url or not actions.is_local(found.url):
        return "notices"
    if found.term_id is None:
        return found.url
    parts = urlsplit(found.url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "as"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("as", found.term_id)])))
