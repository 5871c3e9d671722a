"""The right that a verb needs stands beside the verb, once: views, actions, switches and buttons read it from there."""

from collections.abc import Callable
from typing import TypeVar

Service = TypeVar("Service", bound=Callable)


def verb(right: str) -> Callable[[Service], Service]:
    """Marks a service as needing this right ("app.action_model") of whoever asks for it at any door."""

    def marked(service: Service) -> Service:
        service.right = right  # type: ignore[attr-defined]
        return service

    return marked


def right_of(service: Callable) -> str:
    """The right a verb needs. TypeError for a service that is no verb: nobody said who may do it."""
    right = getattr(service, "right", "")
    if not right:
        raise TypeError(f"{service!r} is no verb: mark it with @verb(right)")
    return right
