"""The picture of a product beside its name; the page loads none from elsewhere, and shows a sign in its place."""

from django.utils.safestring import SafeString

from backoffice.screen.markup import fill

from ..models import Product

_HERE = ("/", "data:image/")


def thumbnail(product: Product | None) -> SafeString:
    """Its picture, small; a square with the first letter of its name where there is none."""
    if product is not None and product.picture.startswith(_HERE):
        return fill(
            '<img class="thumb" src="{}" alt="" width="32" height="32" loading="lazy">', product.picture
        )
    letter = product.local_name[:1].upper() if product is not None else "?"
    return fill('<span class="thumb" aria-hidden="true">{}</span>', letter)
