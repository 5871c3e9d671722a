"""Many acts in one request, for what happened before the shop was connected: each is the endpoint itself."""

import json
from typing import Any, Literal
from urllib.parse import unquote

import structlog
from django import urls
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from pydantic import Field, JsonValue

from ..screen.problems import problem
from .endpoints import router_of, writes
from .once import HEADER
from .sentences import PATH
from .shapes import Given, Taken

log = structlog.get_logger(__name__)
router = router_of("Batch")
MOST = 500


class Act(Taken):
    """One act: method and path as of its endpoint, below `/api/v1`."""

    method: Literal["POST", "PUT", "PATCH", "DELETE"]
    path: str = Field(max_length=2_000, pattern=PATH, examples=["/visits/pages"])
    body: dict[str, JsonValue] = Field(default_factory=dict)
    key: str | None = Field(None, min_length=1, max_length=64, description=f"As the header {HEADER}")


class Acts(Taken):
    """What happened, in its order."""

    acts: list[Act] = Field(min_length=1, max_length=MOST)


class Outcome(Given):
    """What one act was answered, by its place."""

    status: int
    answer: dict[str, JsonValue]


class Outcomes(Given):
    """What all of them were answered, in their order; `refused` of them were not done."""

    done: int
    refused: int
    outcomes: list[Outcome]


@writes(router, "POST", "/batch", scope=None, answer=Outcomes, remembered=False)
def carry_out_batch(request: HttpRequest, said: Acts) -> Outcomes:
    """Carry out many acts, one after the other.

    Each needs its own scope and is a change of its own: what is refused is told at its place, and the others go on.
    Give each a `key`: a batch whose answer got lost is sent again as it was.
    """
    outcomes = [_carried_out(request, act) for act in said.acts]
    refused = sum(one.status >= 400 for one in outcomes)
    return Outcomes(done=len(outcomes) - refused, refused=refused, outcomes=outcomes)


def _carried_out(request: HttpRequest, act: Act) -> Outcome:
    answer = _asked(request, act)
    return Outcome(status=answer.status_code, answer=json.loads(answer.content))


def _asked(request: HttpRequest, act: Act) -> Any:
    path, _mark, query = act.path.partition("?")
    path = unquote(path)
    if "\0" in path + unquote(query):
        return problem(400, _("A NUL byte can’t be part of an address."))
    root = request.path_info.removesuffix("/batch")
    if path == "/batch":
        return problem(409, _("A batch can’t be part of a batch."))
    try:
        match = urls.resolve(root + path)
    except urls.Resolver404:
        return problem(404, _("There is no such endpoint."))
    if match.namespace != "api":
        return problem(404, _("There is no such endpoint."))
    one = _request_of(request, act, root + path, query)
    try:
        return match.func(one, *match.args, **match.kwargs)
    except Exception:  # the others go on; what went wrong stands in the log (G27)
        log.exception("act_of_batch_broken", path=match.route)
        return problem(500, _("Something went wrong. It has been written down."))


def _request_of(request: HttpRequest, act: Act, path: str, query: str) -> HttpRequest:
    """The request that the act would have been by itself, of the same token, for the same customer."""
    one = HttpRequest()
    one.method, one.path, one.path_info = act.method, path, path
    one.GET = QueryDict(query)
    kept = (
        "REMOTE_ADDR",
        "SERVER_NAME",
        "SERVER_PORT",
        "HTTP_HOST",
        "HTTP_AUTHORIZATION",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_CUSTOMER_TOKEN",
    )
    one.META = {name: request.META[name] for name in kept if name in request.META} | {"QUERY_STRING": query}
    if act.key:
        one.META["HTTP_IDEMPOTENCY_KEY"] = act.key
    one._body = json.dumps(act.body).encode()
    one.api_token, one.actor = request.api_token, request.actor
    return one
