"""No cookie reaches the API: neither a session nor a language that a browser remembers counts there."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class CookielessMiddleware:
    """Takes the cookies off a request to the API before anything reads them."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.API_ROOT) and request.path not in settings.API_PAGES:
            request.META.pop("HTTP_COOKIE", None)
        return self.respond(request)
