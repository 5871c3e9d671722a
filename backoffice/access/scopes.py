"""What a token of the API may do; each endpoint names the one it needs (G18)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Reading tells of people and what they bought; writing carries out the verbs of that part of the shop."""

    PRODUCTS_WRITE = "products:write", _("Add and change products")
    CUSTOMERS_READ = "customers:read", _("Read customers")
    CUSTOMERS_WRITE = "customers:write", _("Register and change customers")
    CUSTOMERS_SIGN_IN = "customers:sign_in", _("Sign customers in, and act for whoever is signed in")
    CARTS_READ = "carts:read", _("Read carts")
    CARTS_WRITE = "carts:write", _("Fill and change carts")
    ORDERS_READ = "orders:read", _("Read orders")
    ORDERS_WRITE = "orders:write", _("Place and change orders")
    VISITS_WRITE = "visits:write", _("Record visits and pages viewed")
    MESSAGES_WRITE = "messages:write", _("Pass on messages from customers")
    MAILS_WRITE = "mails:write", _("Record e-mails sent")
