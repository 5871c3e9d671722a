"""Who works here. A member of staff signs in by e-mail and may what their role may."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ..access.roles import Role
from ..models import Counter
from ..personal import Marks
from ..records.errors import NotAllowed
from ..records.history import History


class Theme(models.TextChoices):
    AUTO = "auto", _("Same as the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(models.TextChoices):
    COMPACT = "compact", _("Compact")
    COMFORTABLE = "comfortable", _("Comfortable")


# A page asks for some seventy rights, and Django would look its backends up each time.
_backends = lru_cache(maxsize=1)(get_backends)


class StaffQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def owners(self):
        """Those whose role lets somebody in, whether they can sign in themselves or not."""
        return self.active().filter(role=Role.OWNER)

    def delete(self):
        """One by one: the last owner stays at this door too."""
        with transaction.atomic():
            for person in self:
                person.delete()


class StaffAccounts(BaseUserManager.from_queryset(StaffQuerySet)):
    def new(self, email, **fields):
        """An account to be saved; without a password it waits for its invitation to be answered."""
        person = self.model(email=self.normalize_email(email).strip(), **fields)
        person.set_unusable_password()
        return person

    def create_user(self, email, password=None, **fields):
        """A new account, with a password or without."""
        person = self.new(email, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class StaffMember(AbstractBaseUser):
    email = models.EmailField(_("E-mail address"))
    name = models.CharField(_("Name"), max_length=100)
    role = models.CharField(_("Role"), max_length=20, choices=Role, default=Role.VIEWER)
    language = models.CharField(_("Language"), max_length=10, blank=True, default="")
    theme = models.CharField(_("Theme"), max_length=10, choices=Theme, default=Theme.AUTO)
    density = models.CharField(_("Density"), max_length=20, choices=Density, default=Density.COMPACT)
    letter_keys = models.BooleanField(_("Single-letter keys"), default=True, db_default=True)
    is_active = models.BooleanField(_("Enabled"), default=True)
    date_joined = models.DateTimeField(_("Invited on"), default=timezone.now)
    session_round = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session of this person at once (G34)."
    )

    personal = Marks(
        identity="name",
        contact="email language",
        behaviour="last_login date_joined",
        secret="password",  # noqa: S106  a field's name, not a password
        technical="role theme density letter_keys is_active session_round",
    )

    objects = StaffAccounts()
    # Names and roles of every day: history tells who by the name of its day (decision 48).
    history = History(
        excluded_fields=(
            "password",
            "last_login",
            "session_round",
            "language",
            "theme",
            "density",
            "letter_keys",
        )
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        ordering = ["name", "id"]
        default_permissions = ("view",)
        permissions = [("manage_staffmember", "Can invite, change and disable staff")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="staff_email_unique",
                violation_error_message=_("Somebody already signs in with this e-mail address."),
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="staff_role_known"),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def initials(self) -> str:
        """One or two letters for the small mark beside the name; none where the name has none."""
        firsts = [next((c for c in word if c.isalpha()), "").upper()[:1] for word in self.name.split()]
        letters = [letter for letter in firsts if letter]
        return "".join(letters[:1] + letters[1:][-1:])

    @property
    def awaits_password(self) -> bool:
        """Invited, and no password chosen yet."""
        return not self.has_usable_password()

    @property
    def can_sign_in(self) -> bool:
        """Enabled, and with a password: whoever has not answered the invitation lets nobody in."""
        return self.is_active and not self.awaits_password

    def leave_an_owner(self) -> None:
        """NotAllowed when nobody could let anybody in without this person (D10).

        That is the last owner who can sign in; where none can, the last one who is invited. To be called in a
        transaction: it locks the owners, so that two cannot send each other away.
        """
        owners = list(StaffMember.objects.select_for_update().owners().order_by("pk"))
        able = [owner for owner in owners if owner.can_sign_in] or owners
        if [owner.pk for owner in able] != [self.pk]:
            return
        waiting = [owner.name for owner in owners if owner.pk != self.pk]
        if waiting:
            raise NotAllowed(
                _("%(name)s is the only owner who can sign in: %(other)s has not chosen a password yet.")
                % {"name": self.name, "other": waiting[0]}
            )
        raise NotAllowed(
            _("%(name)s is the only owner. Make somebody else an owner first.") % {"name": self.name}
        )

    def save(self, *args, **kwargs):
        """Who is new is written down; later on services do it: signing in saves the account too, one field of it,
        which makes no other list of staff."""
        if not self._state.adding:
            self.skip_history_when_saving = True
        super().save(*args, **kwargs)
        if not kwargs.get("update_fields"):
            Counter.move(self._meta.label_lower)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """NotAllowed for the last owner who can sign in."""
        self.leave_an_owner()
        return super().delete(*args, **kwargs)

    def get_all_permissions(self, obj=None) -> set[str]:
        return set().union(*(backend.get_all_permissions(self, obj) for backend in _backends()))

    def has_perm(self, perm, obj=None) -> bool:
        return any(backend.has_perm(self, perm, obj) for backend in _backends())

    def has_perms(self, perm_list, obj=None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label) -> bool:
        return any(backend.has_module_perms(self, app_label) for backend in _backends())

    def _get_session_auth_hash(self, secret=None):
        # Django compares this at every request: another password or another round ends the session.
        return salted_hmac(
            "backoffice.staff.session",
            f"{self.password}:{self.session_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
