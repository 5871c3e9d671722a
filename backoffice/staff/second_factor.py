"""Who has to have a second factor (S15): the roles that SECOND_FACTOR_ROLES names."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from .models import StaffMember


def lacks_second_factor(person: StaffMember) -> bool:
    """Whether the person's role needs one and there is none; recovery codes alone are none."""
    if person.role not in settings.SECOND_FACTOR_ROLES:
        return False
    return not is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
