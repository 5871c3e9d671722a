"""The picture of a product, from where pages may load one; a sign stands in its place where they may not."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import SafeString

from backoffice.screen.markup import fill

from ..models import Product


def loadable(address: str) -> str:
    """The address of a picture where the policy of pages lets it be loaded, else "": the shop's, or PICTURE_ORIGINS.

    One without a host is a path of the shop.
    """
    if address.startswith("data:image/"):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if not parts.scheme and not parts.netloc and address.startswith("/"):
        return f"{settings.SHOP_ORIGIN}{address}" if settings.SHOP_ORIGIN else ""
    return address if f"{parts.scheme}://{parts.netloc}".lower() in settings.PICTURE_ORIGINS else ""


def thumbnail(product: Product | None) -> SafeString:
    """Its picture, small; a square with the first letter of its name where there is none."""
    if product is not None and (address := loadable(product.picture)):
        return fill('<img class="thumb" src="{}" alt="" width="32" height="32" loading="lazy">', address)
    letter = product.local_name[:1].upper() if product is not None else "?"
    return fill('<span class="thumb" aria-hidden="true">{}</span>', letter)
