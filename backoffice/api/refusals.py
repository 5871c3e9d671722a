"""What each kind of refusal is answered; whatever else goes wrong is the 500 of the whole product (G27)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja import errors as ninja_errors

from ..database.failures import failure_of
from ..faults import sentence
from ..records.errors import Conflict, Gone, NotAllowed, NotThere
from ..rules import Broken
from ..screen.problems import problem
from ..views.errors import UNAVAILABLE
from .door import ScopeMissing
from .reading import SaidTwice
from .sentences import of_form, of_shape


class Refused(Exception):
    """An endpoint refuses with this status, at a field where there is one."""

    def __init__(
        self, status: int, detail: str, *, field: str = "", code: str = "", headers: dict | None = None
    ):
        super().__init__(detail)
        self.status, self.detail, self.field, self.code = status, detail, field, code
        self.headers = headers


def refuse(code: str, *, field: str, **facts: Any) -> NoReturn:
    """Refuse (422) at this field what breaks the rule of that code, in the words of the house."""
    raise _at(field, Broken(code, **facts))


@contextmanager
def refused_at(field: str, **others: str) -> Iterator[None]:
    """A rule that is broken within is told at this field (422); `others` names another one by the code of the rule."""
    try:
        yield
    except Broken as fault:
        raise _at(others.get(fault.code, field), fault) from None


def _at(field: str, fault: Broken) -> Refused:
    return Refused(422, sentence(fault), field=field, code=fault.code)


def said_twice(field: str) -> Refused:
    """What is said twice is refused, not guessed at."""
    return Refused(422, _("Say this once."), field=field, code="said_twice")


def register_refusals(api: NinjaAPI) -> None:
    """Have the API answer them all."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    errors = (
        [{"field": refusal.field, "code": refusal.code, "reason": refusal.detail}] if refusal.code else []
    )
    return problem(refusal.status, refusal.detail, errors=errors, headers=refusal.headers)


def _misshapen(request: HttpRequest, fault: ninja_errors.ValidationError) -> HttpResponse:
    return problem(422, _not_done(), errors=map(of_shape, fault.errors))


def _unreadable(request: HttpRequest, fault: ninja_errors.HttpError) -> HttpResponse:
    if isinstance(fault.__cause__, SaidTwice):
        return _refused(request, said_twice(str(fault.__cause__)))
    return problem(fault.status_code, _("The body is not valid JSON.") if fault.status_code == 400 else "")


def _against_the_rules(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    return problem(422, _not_done(), errors=of_form(fault))


def _broken_rule(request: HttpRequest, fault: Broken) -> HttpResponse:
    reason = {"field": "", "code": fault.code, "reason": sentence(fault)}
    return problem(422, _not_done(), errors=[reason])


def _not_now(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """409; 404 for what is gone; 429 for who has to wait, as where a password was asked for a short time ago."""
    if seconds := getattr(refusal, "seconds", 0):
        return problem(429, refusal.message, headers={"Retry-After": str(seconds)})
    return problem(404 if isinstance(refusal, Gone) else 409, str(refusal.message))


def _not_there(request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(404, _("Nothing was found under this number or key."))


def _changed_meanwhile(request: HttpRequest, fault: Conflict) -> HttpResponse:
    return problem(409, _("It was changed in the meantime: read it again before changing it."))


def _not_allowed(request: HttpRequest, fault: ScopeMissing) -> HttpResponse:
    return problem(403, _("This token may not do this: it lacks %(scope)s.") % {"scope": fault.scope or "–"})


def _forbidden(request: HttpRequest, fault: PermissionDenied) -> HttpResponse:
    return problem(403)


def _database(request: HttpRequest, fault: Error) -> HttpResponse:
    """503 with the true reason and when to ask again, where it is the database that cannot do it now (S10)."""
    failure = failure_of(fault)
    if failure is None:
        raise fault
    title, said, seconds = UNAVAILABLE[failure]
    return problem(503, str(said), title=str(title), headers={"Retry-After": str(seconds)})


def _not_done() -> str:
    return _("Nothing was changed. Please look at the fields named.")


_ANSWERS: dict[type[Exception], Any] = {
    Refused: _refused,
    ninja_errors.ValidationError: _misshapen,
    ninja_errors.HttpError: _unreadable,
    ValidationError: _against_the_rules,
    Broken: _broken_rule,
    NotAllowed: _not_now,
    NotThere: _not_there,
    Conflict: _changed_meanwhile,
    ScopeMissing: _not_allowed,
    PermissionDenied: _forbidden,
    Error: _database,
}
