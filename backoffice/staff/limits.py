"""How often somebody may ask for what stands open to nobody in particular, counted as sign-ins are (decision 47)."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_too_often(request: HttpRequest, action: str) -> bool:
    """Whether this request is one too many by the rates of `ACCOUNT_RATE_LIMITS[action]`; it is counted."""
    return ratelimit.consume(request, app="allauth.account", action=action, limit_get=True) is None
