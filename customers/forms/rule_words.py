"""The rule of a group in words, and what of a customer speaks for it or against it."""

from collections.abc import Callable
from typing import Any

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from backoffice.database.folding import fold
from backoffice.faults import sentence
from backoffice.rules import Broken
from backoffice.screen import formats
from groups.rules.filling import Condition, Fact, Match, Op, Person, Rule, holds, read

from ..models import Tag


def countries() -> dict[str, str]:
    """The countries by code, in the reader's language and its order."""
    names = Locale.parse(formats.language(), sep="-").territories
    known = ((code, name) for code, name in names.items() if len(code) == 2 and code.isalpha())
    real = [(code, name) for code, name in known if code not in _NO_COUNTRIES]
    return dict(sorted(real, key=lambda one: fold(one[1])))


# Of the codes that lists of names hold: the world's unions, and what is not known or not real.
_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


class Words:
    """The words of rules, with the names that tags have today."""

    def __init__(self, tags: dict[int, str] | None = None):
        self.tags = dict(Tag.objects.values_list("pk", "name")) if tags is None else tags

    def conditions(self, rule: Rule) -> list[str]:
        """Each condition in words."""
        return [self.condition(one) for one in rule.conditions]

    def condition(self, one: Condition) -> str:
        """One condition in words."""
        if one.op in (Op.LAST_DAYS, Op.NOT_LAST_DAYS):
            return _days(one)
        return _SAID[one.fact, one.op]() % {"value": self._value(one.fact, one.value)}

    def combined(self, rule: Rule) -> str:
        """How its conditions are combined."""
        return _("All of these:") if rule.match is Match.ALL else _("At least one of these:")

    def effects(self, rule: Rule) -> list[str]:
        """What the rule does with those whom it takes in."""
        tags = [_("They get the tag %(tag)s.") % {"tag": self._tag(key)} for key in rule.tags]
        return [_("They are put into the group."), *tags] if rule.fills else tags

    def reasons(self, rule: Rule, person: Person, *, joins: bool, today: Any) -> str:
        """What of somebody speaks for the rule, or against it where they leave."""
        told = [one for one in rule.conditions if holds(one, person, today=today) is joins]
        facts = dict.fromkeys(one.fact for one in told)
        return ", ".join(self.had(fact, person) for fact in facts)

    def had(self, fact: Fact, person: Person) -> str:
        """What somebody has of this fact."""
        value = person.tags if fact is Fact.TAG else getattr(person, str(fact))
        if fact is Fact.TAG:
            value = sorted(value)
        if value is None or value in ("", []):
            nothing = (
                _("none") if fact is Fact.TAG else _("never") if fact is Fact.LAST_VISIT else _("unknown")
            )
            return formats.labelled(fact_title(fact), nothing)
        return formats.labelled(
            fact_title(fact), self._value(fact, [value] if fact is Fact.COUNTRY else value)
        )

    def _value(self, fact: Fact, value: Any) -> str:
        match fact:
            case Fact.TOTAL_SPENT:
                return formats.shop_money(value)
            case Fact.REGISTERED | Fact.LAST_VISIT:
                return formats.day(value)
            case Fact.COUNTRY:
                names = countries()
                return ", ".join(names.get(one, one) for one in value)
            case Fact.TAG:
                return ", ".join(map(self._tag, value))
            case Fact.NEWSLETTER:
                return _("Yes") if value else _("No")
        return formats.number(value)

    def _tag(self, key: int) -> str:
        return self.tags.get(key) or _("a deleted tag")


def told(value: Any) -> str:
    """A stored rule in one line, as the history of its group tells it."""
    try:
        rule = read(value)
    except Broken as fault:
        return sentence(fault)
    words = Words()
    said = [f"{words.combined(rule)} {'; '.join(words.conditions(rule))}.", *words.effects(rule)]
    return " ".join([*said, _("Paused: it moves nobody until it is saved again.")] if rule.paused else said)


def fact_title(fact: Fact) -> str:
    """What a fact is called."""
    return _TITLES[fact]()


_TITLES: dict[Fact, Callable[[], str]] = {
    Fact.TOTAL_SPENT: lambda: _("Sales"),
    Fact.ORDERS: lambda: _("Orders"),
    Fact.REGISTERED: lambda: _("Registration"),
    Fact.LAST_VISIT: lambda: _("Last visit"),
    Fact.COUNTRY: lambda: _("Country"),
    Fact.TAG: lambda: _("Tags"),
    Fact.NEWSLETTER: lambda: _("Newsletter"),
    Fact.AGE: lambda: _("Age"),
}

_SAID: dict[tuple[Fact, Op], Callable[[], str]] = {
    (Fact.TOTAL_SPENT, Op.AT_LEAST): lambda: _("Sales of at least %(value)s"),
    (Fact.TOTAL_SPENT, Op.AT_MOST): lambda: _("Sales of at most %(value)s"),
    (Fact.ORDERS, Op.AT_LEAST): lambda: _("Orders: at least %(value)s"),
    (Fact.ORDERS, Op.AT_MOST): lambda: _("Orders: at most %(value)s"),
    (Fact.REGISTERED, Op.FROM): lambda: _("Registered on %(value)s or later"),
    (Fact.REGISTERED, Op.UNTIL): lambda: _("Registered on %(value)s or earlier"),
    (Fact.LAST_VISIT, Op.FROM): lambda: _("Last visit on %(value)s or later"),
    (Fact.LAST_VISIT, Op.UNTIL): lambda: _("Last visit on %(value)s or earlier"),
    (Fact.COUNTRY, Op.ANY_OF): lambda: _("Country: one of %(value)s"),
    (Fact.COUNTRY, Op.NONE_OF): lambda: _("Country: none of %(value)s"),
    (Fact.TAG, Op.ANY_OF): lambda: _("Tags: one of %(value)s"),
    (Fact.TAG, Op.NONE_OF): lambda: _("Tags: none of %(value)s"),
    (Fact.NEWSLETTER, Op.IS): lambda: _("Newsletter: %(value)s"),
    (Fact.AGE, Op.AT_LEAST): lambda: _("Age: at least %(value)s"),
    (Fact.AGE, Op.AT_MOST): lambda: _("Age: at most %(value)s"),
}


def _days(one: Condition) -> str:
    number, lately = one.value, one.op is Op.LAST_DAYS
    if one.fact is Fact.REGISTERED:
        said = (
            ngettext("Registered in the last %(n)s day", "Registered in the last %(n)s days", number)
            if lately
            else ngettext(
                "Registered %(n)s day ago or earlier", "Registered %(n)s days ago or earlier", number
            )
        )
    else:
        said = (
            ngettext("Last visit in the last %(n)s day", "Last visit in the last %(n)s days", number)
            if lately
            else ngettext(
                "Last visit %(n)s day ago or earlier", "Last visit %(n)s days ago or earlier", number
            )
        )
    return said % {"n": formats.number(number)}


def op_title(op: Op) -> str:
    """What a comparison is called in the editor."""
    return {
        Op.AT_LEAST: pgettext("rule", "at least"),
        Op.AT_MOST: pgettext("rule", "at most"),
        Op.FROM: pgettext("rule", "on or after"),
        Op.UNTIL: pgettext("rule", "on or before"),
        Op.LAST_DAYS: pgettext("rule", "in the last … days"),
        Op.NOT_LAST_DAYS: pgettext("rule", "… days ago or earlier"),
        Op.ANY_OF: pgettext("rule", "one of"),
        Op.NONE_OF: pgettext("rule", "none of"),
        Op.IS: pgettext("rule", "is"),
    }[op]
