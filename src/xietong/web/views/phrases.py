"""常用语: what one writes often, offered under every opinion field, and kept on the page of one's account."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.kit.accounts.models import Phrase
from xietong.kit.accounts.request import Request
from xietong.kit.pages.page import page
from xietong.web.access import MY_ACCOUNT

MOST = 30
STANDARD = (
    gettext_lazy("同意。"),
    gettext_lazy("情况属实，同意通过。"),
    gettext_lazy("材料齐全，予以通过。"),
    gettext_lazy("请补充佐证材料。"),
    gettext_lazy("请写明完成的数量和时间。"),
    gettext_lazy("附件看不清，请重新上传。"),
)


@page(MY_ACCOUNT)
def phrases(request: Request) -> HttpResponse:
    """The list under a field (`into` is its id); by itself it stands on the page of the account."""
    if request.headers.get("HX-Request") != "true":
        return redirect("account")
    own = Phrase.objects.filter(account=request.user).order_by("pk").values_list("text", flat=True)
    offered = [*own, *(str(one) for one in STANDARD)]
    shown = {"phrases": list(dict.fromkeys(offered)), "into": request.GET.get("into", "")}
    return render(request, "web/phrases.html", shown)


@page(MY_ACCOUNT, methods=("POST",))
def phrase_add(request: Request) -> HttpResponse:
    text = " ".join(request.POST.get("text", "").split())
    own = Phrase.objects.filter(account=request.user)
    if not text or len(text) > Phrase.LONGEST or own.count() >= MOST:
        messages.error(request, _("请写一句话，不超过 200 字；最多保存 30 条。"))
        return redirect("account")
    try:
        with transaction.atomic():
            Phrase.objects.create(account=request.user, text=text)
    except IntegrityError:
        messages.error(request, _("已有相同的常用语。"))
    else:
        messages.success(request, _("常用语已保存。"))
    return redirect("account")


@page(MY_ACCOUNT, methods=("POST",))
def phrase_drop(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(Phrase, account=request.user, pk=pk).delete()
    messages.success(request, _("常用语已删除。"))
    return redirect("account")
