"""The one answer of a form view: show, refuse with everything typed kept, or save and go on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from xietong.kit.accounts.request import Request
from xietong.kit.errors import Denied, Refused, Stale
from xietong.kit.forms.base import Form, lost_update

Save = Callable[..., Any]
VERSION_DIGITS = 9


def ask(
    request: Request,
    form: Form,
    *,
    title: Any,
    save: Save,
    done: str | Callable[[Any], str],
    said: Any = "",
    template: str = "forms/page.html",
    **context: Any,
) -> HttpResponse:
    """This function will show the form, or hand what was typed to one action.

    `save` gets the cleaned fields as keyword arguments; `done` is the address to go on to. A refusal
    stays on the form with status 422; a lost update shows both versions with status 409.
    """
    page = {"form": form, "title": title, "back_url": done if isinstance(done, str) else "", **context}
    if request.method == "POST" and form.is_valid():
        try:
            result = save(**form.cleaned_data)
        except Stale as stale:
            return conflict(request, form, stale, page)
        except Denied:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if said:
                messages.success(request, said)
            return redirect(done(result) if callable(done) else done)
    return render(request, template, page, status=422 if form.is_bound else 200)


def conflict(request: Request, form: Form, stale: Stale, page: dict[str, Any]) -> HttpResponse:
    """Both versions field by field; sending again keeps mine, now knowing of the other."""
    fields = {
        "differences": lost_update(form, stale.current),
        "current_version": stale.current.version,
        "message": str(stale),
        "posted": [(key, value) for key, values in request.POST.lists() for value in values if key not in LEFT_OUT],
    }
    return render(request, "forms/conflict_page.html", {**page, **fields}, status=409)


LEFT_OUT = frozenset({"csrfmiddlewaretoken", "version"})


def bound(form: type[Form], request: Request, *args: Any, row: Any = None, **initial: Any) -> Any:
    """The form with what was posted, or with the row's present values."""
    if request.method == "POST":
        made = form(*args, data=request.POST)
        if row is not None:
            made.data = settled(request, made, row)
        return made
    made = form(*args, initial=initial)
    if row is not None:
        made.initial = made.stored(row) | initial
    return made


def files_sent(request: Request) -> dict[str, Any]:
    """The files of a form, for the action that hangs them on a row: those uploaded before, and those sent with it."""
    return {"uploads": request.POST.getlist("uploads"), "plain": request.FILES.getlist("files")}


def version_sent(request: Request) -> int:
    """The version of a row that a button was pressed beside; what is none is the version of nothing."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= VERSION_DIGITS else 0


def settled(request: Request, form: Form, row: Any) -> QueryDict:
    """What was posted, after a lost update with the other's value wherever the person took it."""
    taken = {name for name in form.fields if request.POST.get(f"keep-{name}") == "theirs"}
    data = request.POST.copy()
    if taken:
        for name, value in form.stored(row).items():
            if name in taken:
                data.setlist(name, posted(form.fields[name], value))
    return data


def posted(field: forms.Field, value: Any) -> list[str]:
    """A value as a browser posts it."""
    prepared = field.prepare_value(value)
    if isinstance(field, forms.MultipleChoiceField):
        return list(prepared)
    if isinstance(prepared, list):
        return ["、".join(prepared)]
    return ["" if prepared is None else str(prepared)]
