"""Who is signed in to the shop (facts 1.15)."""

from django.db import models
from django.utils import timezone

from backoffice.personal import Marks

from .customer import Customer


class ShopSession(models.Model):
    """A customer signed in to the shop with one browser; of its token only the hash is stored.

    It ends with whatever ends a session of the account (`Customer.session_round`, G34), and some days after the last
    use.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="shop_sessions")
    token_hash = models.CharField(max_length=64, unique=True)
    session_round = models.PositiveIntegerField()
    ip = models.GenericIPAddressField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now, db_index=True)

    personal = Marks(
        contact="ip",
        behaviour="created_at last_used_at",
        secret="token_hash",  # noqa: S106  a field's name
        technical="customer session_round",
    )

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"session of {self.customer_id}"
