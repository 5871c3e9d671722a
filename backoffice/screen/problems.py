"""What an answer of the API says when something was not done: the shape of RFC 9457, with field and reason."""

import uuid
from collections.abc import Iterable
from http import HTTPStatus

import structlog
from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int,
    detail: str = "",
    *,
    title: str = "",
    errors: Iterable[dict[str, str]] = (),
    headers: dict[str, str] | None = None,
) -> JsonResponse:
    """A refusal: `detail` is a sentence for who reads it, `errors` name each a field, a code and the reason.

    The number of the request leads to its line in the log; nothing else of the inside is told (G27).
    """
    number = structlog.contextvars.get_contextvars().get("request_id", uuid.uuid4().hex)[:8]
    said = {
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": list(errors),
        "error_id": number,
    }
    return JsonResponse(
        said,
        status=status,
        content_type=MEDIA_TYPE,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )
