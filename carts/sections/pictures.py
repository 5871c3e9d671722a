"""The picture of a product, from where pages may load one; a sign stands in its place where they may not."""

from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
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


def thumbnail(product: Product | None) -> str:
    """Its picture, small; a sign where there is none."""
    return small(product.picture if product else "") or no_picture()


def small(address: str) -> str:
    """The picture of that address, small; "" where pages may not load it."""
    address = loadable(address)
    if not address:
        return ""
    return fill('<img class="thumb" src="{}" alt="" width="32" height="32" loading="lazy">', address)


def no_picture() -> SafeString:
    """What stands where a product has no picture."""
    sign = '<svg class="icon thumb" aria-hidden="true"><use href="{}#products"></use></svg>'
    return fill(sign, static("icons.svg"))
