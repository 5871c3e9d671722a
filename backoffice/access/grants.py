"""What each role may: the table of decisions.md ("Rights") as data. Each app grants what is done to its own models."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from .permissions import SECTION_RIGHTS
from .roles import Role

# Every model that is a section of the back office (it offers all of SECTION_RIGHTS).
EVERY_SECTION = "*"


@dataclass(frozen=True)
class Grant:
    """`roles` may do `actions` to `models`: "app.model" names separated by blanks, or EVERY_SECTION."""

    models: str
    actions: tuple[str, ...]
    roles: tuple[Role, ...]

    def rights(self) -> set[str]:
        """The permissions meant, as "app.action_model"; LookupError for a model that does not exist."""
        return {
            f"{model._meta.app_label}.{action}_{model._meta.model_name}"
            for model in self._models()
            for action in self.actions
        }

    def _models(self):
        if self.models == EVERY_SECTION:
            return [m for m in apps.get_models() if set(SECTION_RIGHTS) <= set(m._meta.default_permissions)]
        return [apps.get_model(label) for label in self.models.split()]


@dataclass(frozen=True)
class ExtraRight:
    """A right beside those that every section has: to do `action` to `model` ("app.model"). `title` is for developers.

    The model declares it (`Meta.permissions`), the app grants it, a verb asks for it: all three from this one value,
    which `extra_right` makes known.
    """

    model: str
    action: str
    title: str
    roles: tuple[Role, ...]

    @property
    def declared(self) -> tuple[str, str]:
        """The pair for `Meta.permissions`."""
        return f"{self.action}_{self.model.partition('.')[2]}", self.title

    @property
    def name(self) -> str:
        """ "app.action_model", as `has_perm` takes it."""
        return f"{self.model.partition('.')[0]}.{self.declared[0]}"

    @property
    def grant(self) -> Grant:
        """Who has it."""
        return Grant(self.model, (self.action,), self.roles)


_grants: list[Grant] = []
_extras: list[ExtraRight] = []


def extra_right(model: str, action: str, title: str, roles: tuple[Role, ...]) -> ExtraRight:
    """Make a further right known, and grant it."""
    extra = ExtraRight(model, action, title, roles)
    _extras.append(extra)
    grant(extra.grant)
    return extra


def declared_for(model: str) -> list[tuple[str, str]]:
    """The further rights of a model, as its `Meta.permissions` has them."""
    return [extra.declared for extra in _extras if extra.model == model]


def grant(*grants: Grant) -> None:
    """Add what roles may do; an app calls it from its `rights` module."""
    _grants.extend(grants)


def rights_of(role: Role) -> set[str]:
    """Everything a role may, as "app.action_model"."""
    return set().union(*(one.rights() for one in _grants if role in one.roles))
