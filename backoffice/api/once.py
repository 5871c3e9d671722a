"""An act that is sent twice under one key happens once, also when its first answer got lost."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel

from ..database.counting import one_change
from ..models import AnsweredRequest
from .door import CUSTOMER_TOKEN
from .refusals import Refused

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,64}")


def done_once(
    request: HttpRequest,
    act: Callable[[], BaseModel],
    judge: Callable[[], None],
    *,
    is_one_change: bool = False,
) -> str:
    """What the act answers, as JSON: done and remembered in one transaction, or what it was answered before.

    `judge` refuses who may not be answered any more, though they were before (G34).

    `is_one_change`: the act makes the transaction itself, where nothing has to be remembered.

    Only what was done is remembered: a refusal is judged anew. Refused where the key belongs to another request.

    What another request made at the same instant, such as the order of this number, is there when it is done once more.
    """
    try:
        return _done(request, act, judge, is_one_change=is_one_change)
    except IntegrityError:
        return _done(request, act, judge, is_one_change=is_one_change)


def _done(
    request: HttpRequest, act: Callable[[], BaseModel], judge: Callable[[], None], *, is_one_change: bool
) -> str:
    key = request.headers.get(HEADER)
    if key is None:
        with nullcontext() if is_one_change else one_change():
            return act().model_dump_json()
    if not _KEY.fullmatch(key):
        said = _("A key has 1 to 64 characters without blanks.")
        raise Refused(422, said, field=HEADER, code="key_malformed")
    fingerprint = _fingerprint(request)
    with one_change():
        try:
            with transaction.atomic():
                row = AnsweredRequest.objects.create(
                    token_id=request.api_token.pk, key=key, fingerprint=fingerprint
                )
        except IntegrityError:
            # Its transaction has ended: the database made this one wait for it.
            judge()
            return _answered(request, key, fingerprint)
        row.answer = act().model_dump_json()
        row.save(update_fields=["answer"])
        return row.answer


def _answered(request: HttpRequest, key: str, fingerprint: str) -> str:
    before = AnsweredRequest.objects.get(token_id=request.api_token.pk, key=key)
    if before.fingerprint != fingerprint:
        said = _("This key was used for another request: send a new one.")
        raise Refused(422, said, field=HEADER, code="key_used")
    return before.answer


def _fingerprint(request: HttpRequest) -> str:
    """What was asked, and for which customer: nobody is answered what was told to somebody else."""
    whose = request.headers.get(CUSTOMER_TOKEN, "")
    head = f"{request.method} {request.get_full_path()} {whose}\n".encode()
    return sha256(head + request.body).hexdigest()
