"""The five ways to work here (decisions, Rights)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is here; what each may is what the apps grant (`grants`)."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    SUPPORT = "support", _("Support")
    MARKETING = "marketing", _("Marketing")
    VIEWER = "viewer", _("Viewer")


EVERYBODY = tuple(Role)
WHO_RUN_THE_SHOP = (Role.OWNER, Role.MANAGER)
