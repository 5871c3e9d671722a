"""The shapes of what the API takes and gives; what an endpoint does not know is refused by name."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from babel.numbers import list_currencies
from django.conf import settings
from django.utils import timezone
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    IPvAnyAddress,
    PlainSerializer,
)
from pydantic_core import PydanticCustomError

from ..numbers import LARGEST
from ..rules import Broken, line, lines, of_this_trade, unturned
from .sentences import CURRENCY, KEY, NULL, VISITOR, as_value_error

_DAY = r"(\d{4}-\d\d-\d\d)"
_DAY_ALONE = re.compile(_DAY, re.ASCII)
_MOMENT = re.compile(_DAY + "[Tt ].*", re.ASCII | re.DOTALL)
# What Babel has beside them stands for no money: none at all, and one for tests.
_CURRENCIES = list_currencies() - {"XXX", "XTS"}
# So far a sender's clock may run ahead of ours: what comes later would stand before all that happens until then.
MOST_AHEAD = dt.timedelta(minutes=5)


class Taken(BaseModel):
    """What comes in."""

    model_config = ConfigDict(extra="forbid")


class Given(BaseModel):
    """What goes out."""

    model_config = ConfigDict(extra="forbid")


def _within_reach(when: dt.date) -> dt.date:
    try:
        return of_this_trade(when)
    except Broken as fault:
        raise as_value_error(fault) from None


def _not_ahead(moment: dt.datetime) -> dt.datetime:
    if moment > timezone.now() + MOST_AHEAD:
        raise as_value_error(Broken("moment_ahead"))
    return moment


def _said_as_a_moment(told: object) -> object:
    """Seconds since 1970 are no moment that anybody can read: what has a zone is a text."""
    return told if isinstance(told, dt.datetime) else _written(told, _MOMENT, "not_a_moment")


def _said_as_a_day(told: object) -> object:
    """Nor are they a day; a moment is none either, since it may be another day elsewhere."""
    return told if type(told) is dt.date else _written(told, _DAY_ALONE, "not_a_date")


def _written(told: object, form: re.Pattern[str], code: str) -> object:
    written = form.fullmatch(told) if isinstance(told, str) else None
    if written is None:
        raise as_value_error(Broken(code))
    try:
        dt.date.fromisoformat(written[1])
    except ValueError:
        raise as_value_error(Broken("no_such_day")) from None
    return told


def _not_null(told: object) -> object:
    if told is None:
        raise PydanticCustomError(NULL, NULL)
    return told


def _said_as_a_whole_number(told: object) -> object:
    if isinstance(told, bool):
        raise as_value_error(Broken("not_a_number"))
    return _in_our_digits(told, "int_parsing")


def _said_as_an_amount(told: object) -> object:
    return _in_our_digits(told, "decimal_parsing")


def _in_our_digits(told: object, code: str) -> object:
    """Python reads digits of other scripts, and 1_0 as ten (S8)."""
    if isinstance(told, str) and ("_" in told or not told.isascii()):
        raise PydanticCustomError(code, code)
    return told


def _said_as_a_text(told: object) -> object:
    if not isinstance(told, str):
        raise as_value_error(Broken("not_a_text"))
    return told


def _known_currency(code: str) -> str:
    if code not in _CURRENCIES:
        raise as_value_error(Broken("no_such_currency"))
    return code


def _one_line(text: str) -> str:
    try:
        return unturned(line(text))
    except Broken as fault:
        raise as_value_error(fault) from None


def _a_filled_line(text: str) -> str:
    tidied = _one_line(text)
    if not tidied:
        raise as_value_error(Broken("required"))
    return tidied


def line_of(most: int) -> Any:
    """A text of one line, stored tidy, of so many characters at most.

    A limit put around it would be told as that of a list.
    """
    return Annotated[str, Field(max_length=most), AfterValidator(_one_line)]


def filled_line_of(most: int) -> Any:
    """The same with something in it."""
    return Annotated[str, Field(min_length=1, max_length=most), AfterValidator(_a_filled_line)]


def _several_lines(text: str) -> str:
    try:
        return unturned(lines(text))
    except Broken as fault:
        raise as_value_error(fault) from None


# A moment at which something happened, with its zone: of one without, nobody can tell when it was.
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_said_as_a_moment),
    AfterValidator(_within_reach),
    AfterValidator(_not_ahead),
]
Day = Annotated[dt.date, BeforeValidator(_said_as_a_day), AfterValidator(_within_reach)]
# A day of a form: its own field says how far it reaches, such as a birthday's.
DayOfForm = Annotated[dt.date, BeforeValidator(_said_as_a_day)]
# These stand last, so that the limits before them are those of the number itself.
AsWhole = BeforeValidator(_said_as_a_whole_number)
AsAmount = BeforeValidator(_said_as_an_amount)
Amount = Annotated[
    Decimal,
    Field(
        ge=0,
        max_digits=12,
        decimal_places=2,
        description="With at most two decimals, in the `currency` beside it",
    ),
    AsAmount,
]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2), AsAmount]
Rate = Annotated[
    Decimal,
    Field(
        gt=0,
        max_digits=13,
        decimal_places=6,
        description="How many units of the currency one unit of the shop's currency is worth; of its own always one",
    ),
    AsAmount,
]
Currency = Annotated[
    str,
    Field(pattern=CURRENCY, description="ISO 4217", examples=["EUR"]),
    AfterValidator(_known_currency),
]
Language = Literal[tuple(code for code, _name in settings.LANGUAGES)]  # type: ignore[valid-type]
# Of a field that holds something, were it an empty text: null would say that it holds nothing at all.
NotNull = BeforeValidator(_not_null)
Id = Annotated[int, Field(ge=1, le=LARGEST), AsWhole]
Quantity = Annotated[int, Field(ge=0, le=1_000_000), AsWhole]
# A key of the sender's own choice: of a cart, of an order, of a visitor's browser.
Key = Annotated[str, Field(min_length=1, max_length=64, pattern=KEY)]
VisitorKey = Annotated[str, Field(min_length=1, max_length=32, pattern=VISITOR)]
Line = line_of(255)
Lines = Annotated[str, AfterValidator(_several_lines)]
Text = Annotated[str, AfterValidator(unturned)]
# Without the interface (`fe80::1%eth0`), which means nothing elsewhere.
Ip = Annotated[
    IPvAnyAddress,
    BeforeValidator(_said_as_a_text),
    AfterValidator(lambda address: str(address).partition("%")[0]),
]


# What is told: amounts with two decimals, moments in UTC.
AmountGiven = Annotated[
    Decimal, PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str), Field(examples=["626.37"])
]
MomentGiven = Annotated[
    dt.datetime,
    PlainSerializer(lambda moment: moment.astimezone(dt.UTC).isoformat(timespec="seconds"), return_type=str),
    Field(json_schema_extra={"format": "date-time"}),
]


class Reason(Given):
    """What is wrong with one field; "" is the whole."""

    field: str = Field(examples=["email"])
    code: str = Field(examples=["taken"])
    reason: str


class Problem(Given):
    """Why something was not done. Nothing was changed."""

    title: str
    status: int
    detail: str
    errors: list[Reason]
    error_id: str = Field(description="Names the request in the log of the shop")


class Done(Given):
    """It is done, and there is nothing more to say."""

    done: bool = True
