"""Every URL carries a rule: who may ask for it. RightsMiddleware refuses a view without one (G15, G28).

A view function says it itself, by one decorator::

    @needs("customers.view_customer")      # all of the rights named
    @needs_any("customers.consent_customer", "customers.change_customer")
    @signed_in                              # any member of staff
    @open_to_all                            # nobody in particular: the few URLs of decision 31

Views of libraries cannot be decorated; their rules stand below, by URL name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.urls import ResolverMatch

View = TypeVar("View", bound=Callable)


class HasRights(Protocol):
    """Somebody who may or may not: a member of staff."""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether they have this right ("app.action_model")."""

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        """Whether they have all of these rights."""


@dataclass(frozen=True)
class Rule:
    """Who may ask: everybody, the staff, or staff with all (or `any_of`) of `rights` ("app.action_model").

    `by_token`: whoever shows a token of the API that may; the view looks itself, and no cookie counts.
    """

    open: bool = False
    by_token: bool = False
    rights: tuple[str, ...] = ()
    any_of: bool = False

    def admits(self, person: HasRights) -> bool:
        """Whether this signed-in member of staff may."""
        if self.open or not self.rights:
            return True
        return (any if self.any_of else all)(person.has_perm(right) for right in self.rights)


OPEN = Rule(open=True)
SIGNED_IN = Rule()
BY_TOKEN = Rule(by_token=True)


def _ruled(view: View, rule: Rule) -> View:
    view.rule = rule  # type: ignore[attr-defined]
    return view


def open_to_all(view: View) -> View:
    """Anybody may ask, signed in or not."""
    return _ruled(view, OPEN)


def signed_in(view: View) -> View:
    """Every member of staff may."""
    return _ruled(view, SIGNED_IN)


def needs(*rights: str) -> Callable[[View], View]:
    """Staff whose role has all of these rights may."""
    return lambda view: _ruled(view, Rule(rights=rights))


def needs_any(*rights: str) -> Callable[[View], View]:
    """Staff whose role has one of these rights may; the view looks closer."""
    return lambda view: _ruled(view, Rule(rights=rights, any_of=True))


# Views of django-allauth, by URL name.
LIBRARY_RULES: dict[str, Rule] = {
    "account_login": OPEN,
    "account_logout": OPEN,  # also for whoever stopped before the second factor
    "account_inactive": OPEN,
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key": OPEN,
    "account_reset_password_from_key_done": OPEN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "mfa_authenticate": OPEN,
    "mfa_login_webauthn": OPEN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
}


def rule_of(view: Callable, match: ResolverMatch) -> Rule | None:
    """The rule of a resolved URL; None means that somebody forgot it, and that nobody gets in."""
    return getattr(view, "rule", None) or LIBRARY_RULES.get(match.view_name)
