"""Why somebody is in a group, or is kept out of one (issue 9, point 9)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.personal import Marks
from backoffice.records.actors import Door
from groups.models import Group


class MembershipOrigin(models.TextChoices):
    """What put somebody into a group. A rule takes out only whom a rule put in: everything else wins over it."""

    HAND = "hand", _("By hand")
    RULE = "rule", _("By its rule")
    IMPORT = "import", _("By an import")
    API = "api", _("By the API")
    SHOP = "shop", _("By the shop")


class KeptOut(models.Model):
    """Somebody whom staff took out of a group that fills itself: its rule leaves them alone until they are put back."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="kept_out_of", db_index=False
    )
    group = models.ForeignKey(Group, models.CASCADE, related_name="kept_out", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    personal = Marks(behaviour="group at", technical="customer staff")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["customer", "group"], name="kept_out_once")]
        indexes = [models.Index(fields=["group", "customer"], name="kept_out_by_group")]

    def __str__(self):
        return f"{self.customer_id} not in {self.group_id}"


class MemberAct(models.Model):
    """Who came into a group, or left it, in one act: what a group's history is read from, so that it need not count.

    Many at once are one row, however many; `customer` is who it was where it was one. The rows themselves are in the
    history of memberships, between `begun_at` and `at`, with the same author, door and reason.
    """

    group = models.ForeignKey(Group, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    joined = models.BooleanField()
    number = models.PositiveIntegerField(default=1)
    customer = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, default="")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    door = models.CharField(max_length=10, choices=Door.choices)
    ip = models.GenericIPAddressField(null=True)

    personal = Marks(
        behaviour="group joined number begun_at at", contact="ip", technical="customer reason staff door"
    )

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["group", "at", "id"], name="member_act_of_group")]

    def __str__(self):
        return f"{self.group_id}: {self.number}"
