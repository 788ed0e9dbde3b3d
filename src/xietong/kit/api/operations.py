"""Operations: each carries its permission and its scope, as a page carries its permission."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ninja import Router

from xietong.kit.access.permissions import Permission
from xietong.kit.api.guard import BearerToken

View = Callable[..., Any]


@dataclass
class Operations:
    """The operations of one area. `paths` tells of each address which method does what."""

    tag: str
    router: Router = field(default_factory=Router)
    paths: dict[str, dict[str, View]] = field(default_factory=dict)

    def read(
        self, path: str, permission: Permission[Any], *, scope: str, answer: Any, summary: str, about: str
    ) -> Callable[[View], View]:
        """This decorator will publish a reading operation; `summary` and `about` are marked words for callers."""
        return self.publish("GET", path, permission, scope=scope, answers={200: answer}, words=(summary, about))

    def write(
        self, path: str, permission: Permission[Any], *, scope: str, answer: Any, summary: str, about: str
    ) -> Callable[[View], View]:
        """This decorator will publish an operation that makes a row (201)."""
        return self.publish("POST", path, permission, scope=scope, answers={201: answer}, words=(summary, about))

    def publish(
        self,
        method: str,
        path: str,
        permission: Permission[Any],
        *,
        scope: str,
        answers: dict[int, Any],
        words: tuple[str, str],
    ) -> Callable[[View], View]:
        def wrap(view: View) -> View:
            told: Any = view
            told.access, told.scope = permission, scope
            self.paths.setdefault(path, {})[method] = view
            self.router.add_api_operation(
                path,
                [method],
                view,
                auth=BearerToken(permission, scope),
                response=answers,
                operation_id=view.__name__,
                summary=words[0],
                description=words[1],
                tags=[self.tag],
            )
            return view

        return wrap
