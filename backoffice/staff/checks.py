"""System checks of the settings of sign-in: what is set wrongly is told before anybody stands at the door."""

from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.core.checks import Error, register

from ..access.roles import Role


@register
def sign_in_limits_are_rates(app_configs, **said) -> list[Error]:
    """SIGN_IN_LIMITS and those beside it are written as a number and a time."""
    try:
        for rates in settings.ACCOUNT_RATE_LIMITS.values():
            parse_rates(rates)
    except ValueError:
        return [
            Error(
                "A limit (SIGN_IN_LIMITS, SIGN_IN_LIMIT_OF_ADDRESS, SIGN_IN_LIMIT_OF_ACCOUNT,"
                " CUSTOMER_SIGN_IN_LIMIT, CUSTOMER_SIGN_IN_LIMIT_OF_ACCOUNT, PASSWORD_LINK_LIMIT, CALENDAR_FEED_LIMIT)"
                " is no number and time.",
                hint="Write it like 5/1m, 10/10m or 100/1h.",
                id="staff.E001",
            )
        ]
    return []


@register
def idle_time_is_some(app_configs, **said) -> list[Error]:
    """SIGN_IN_IDLE_MINUTES leaves time for a click: with none nobody would ever be signed in."""
    if settings.SESSION_COOKIE_AGE > 0:
        return []
    return [Error("SIGN_IN_IDLE_MINUTES is not above 0.", hint="480 are eight hours.", id="staff.E003")]


@register
def second_factor_roles_are_roles(app_configs, **said) -> list[Error]:
    """SECOND_FACTOR_ROLES names roles that there are."""
    unknown = [role for role in settings.SECOND_FACTOR_ROLES if role not in Role.values]
    if not unknown:
        return []
    return [
        Error(
            f"SECOND_FACTOR_ROLES names {', '.join(f'“{role}”' for role in unknown)}, which is no role.",
            hint=f"The roles are {', '.join(Role.values)}.",
            id="staff.E002",
        )
    ]
