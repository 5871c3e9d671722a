"""How an app declares an endpoint: its scope beside it, its answer, and that an act is one transaction, done once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial, wraps
from inspect import signature
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.models import Query
from pydantic import BaseModel

from ..access.scopes import Scope
from .door import AnyToken, BearerToken
from .once import HEADER, done_once
from .refusals import Refused, said_twice
from .sentences import reason_of
from .shapes import Problem

REFUSALS = frozenset({400, 401, 403, 404, 409, 411, 413, 415, 422, 429, 503})
_KEY = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"},
    "description": "A new one for each act. Sent again with the same body, the act is not done a second time.",
}


@dataclass(frozen=True)
class Judged:
    """Stands in the type of what an endpoint takes: `by` refuses what opens nothing any more.

    The endpoint asks it itself; it is asked once more before an act that was done before is answered from memory.
    """

    by: Callable[[Any], object]


def router_of(title: str) -> Router:
    """A router whose endpoints stand under this title in the description; closed but for what names a scope."""
    return Router(auth=BearerToken(), tags=[title])


def reads(
    router: Router, path: str, *, scope: Scope, answer: type[BaseModel]
) -> Callable[[Callable], Callable]:
    """Declares an endpoint that only reads."""

    def declared(view: Callable) -> Callable:
        known = _query_of(view)

        @wraps(view)
        def asked(request: HttpRequest, **said: Any) -> HttpResponse:
            _refuse_unknown(request, known)
            return as_json(view(request, **said).model_dump_json())

        _declare(router, "GET", path, scope, answer, asked)
        return view

    return declared


def writes(
    router: Router,
    method: str,
    path: str,
    *,
    scope: Scope | None,
    answer: type[BaseModel],
    remembered: bool = True,
    is_one_change: bool = False,
) -> Callable[[Callable], Callable]:
    """Declares an endpoint that carries out a verb.

    It is one change, and done once under one key; not where its answer holds a secret or its service parts what it
    does into several changes (`remembered=False`). `is_one_change` says that it calls one service, which is a change of
    its own. `scope` is None where it does nothing itself.
    """

    def declared(view: Callable) -> Callable:
        known, judges = _query_of(view), _judges_of(view)

        @wraps(view)
        def acted(request: HttpRequest, **said: Any) -> HttpResponse:
            _refuse_unknown(request, known)
            act = partial(view, request, **said)
            if not remembered:
                return as_json(act().model_dump_json())

            def judge() -> None:
                for name, by in judges.items():
                    by(said[name])

            return as_json(done_once(request, act, judge, is_one_change=is_one_change))

        _declare(router, method, path, scope, answer, acted, parameters=[_KEY] if remembered else [])
        return view

    return declared


def _query_of(view: Callable) -> frozenset[str]:
    """What an endpoint takes behind the question mark."""
    taken = signature(view).parameters.values()
    return frozenset(one.name for one in taken if isinstance(one.default, Query))


def _judges_of(view: Callable) -> dict[str, Callable[[Any], object]]:
    """What an endpoint takes that may open nothing any more, and what judges it."""
    return {
        name: said.by
        for name, one in signature(view).parameters.items()
        for said in get_args(one.annotation)
        if isinstance(said, Judged)
    }


def _refuse_unknown(request: HttpRequest, known: Collection[str]) -> None:
    """`?customer=7` for `?customer_id=7` is no question about nobody, nor `?product=A&product=B` one about B."""
    for name in request.GET:
        if name not in known:
            raise Refused(422, reason_of({"type": "extra_forbidden"}), field=name, code="extra_forbidden")
        if len(request.GET.getlist(name)) > 1:
            raise said_twice(name)


def as_json(text: str) -> HttpResponse:
    """An answer, kept by no cache: it is about people."""
    return HttpResponse(text, content_type="application/json", headers={"Cache-Control": "no-store"})


def _declare(
    router: Router, method: str, path: str, scope: Scope | None, answer, view: Callable, *, parameters=()
) -> None:
    first, _blank, rest = (view.__doc__ or "").strip().partition("\n")
    router.api_operation(
        [method],
        path,
        auth=BearerToken(scope) if scope else AnyToken(),
        response={200: answer, REFUSALS: Problem},
        operation_id=view.__name__,
        summary=first.rstrip("."),
        description=f"{' '.join(rest.split())}\n\nNeeds {f'the scope `{scope}`' if scope else 'any token'}.".strip(),
        openapi_extra={"parameters": list(parameters)} if parameters else None,
        url_name=view.__name__,
    )(view)
