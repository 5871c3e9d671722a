"""Who may use the API, and which of its acts were answered already."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..personal import Marks


class ApiToken(models.Model):
    """A key to the API for one program; of its secret only the hash is stored, and how it begins.

    The secret has 256 random bits: one SHA-256 of it tells nobody what it was, and costs nothing at each request.
    """

    name = models.CharField(_("Name"), max_length=100)
    prefix = models.CharField(_("Begins with"), max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("Permissions"), default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Created by"),
        related_name="+",
    )
    created_at = models.DateTimeField(_("Creation date"), default=timezone.now)
    expires_at = models.DateTimeField(_("Valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True)

    personal = Marks(
        none="name prefix",
        why="a program of the shop's, and how its key begins",
        secret="token_hash",  # noqa: S106  a field's name
        technical="scopes created_by created_at expires_at revoked_at last_used_at",
    )

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        default_permissions = ("manage",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="api_token_has_a_name")]

    def __str__(self):
        return self.name

    def is_valid_at(self, moment: dt.datetime) -> bool:
        """Whether it opens anything then: neither revoked nor past its last day."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > moment)


class ApiAllowance(models.Model):
    """How many of its requests a token has spent, counted by all processes together (`backoffice/api/rates.py`).

    At `spent_until`, in millionths of a second since 1970, it has all of them again.
    """

    token = models.OneToOneField(ApiToken, models.CASCADE, primary_key=True, related_name="+")
    spent_until = models.BigIntegerField()

    personal = Marks(technical="token spent_until")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.spent_until)


class AnsweredRequest(models.Model):
    """An act of the API under a key of its sender's, and what it was answered: sent again, it is not done again.

    The row is written in the act's own transaction. The fingerprint tells another request under the same key.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, db_index=False, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    answer = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    personal = Marks(contact="answer", technical="token key fingerprint at")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answered_once")]

    def __str__(self):
        return self.key
