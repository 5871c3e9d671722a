"""A yes/no drawn as what it is: a switch for who may turn it, a mark for who may not (S0.11, decision 9)."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..screen.markup import fill


def draw_switch(on: bool, *, label: str, url: str) -> SafeString:
    """A button that posts the other value to `url` by the form it stands in; without a URL just ✓ or ✕."""
    if not url:
        return fill(
            '<span class="switch is-static{}" role="img" aria-label="{}"><span>{}</span></span>',
            "" if on else " is-off",
            _("yes") if on else _("no"),
            "✓" if on else "✕",
        )
    return fill(
        '<button type="submit" class="switch" role="switch" aria-checked="{}" aria-label="{}"'
        ' formaction="{}" formmethod="post" name="value" value="{}"><span>{}</span></button>',
        "true" if on else "false",
        label,
        url,
        "false" if on else "true",
        "✓" if on else "✕",
    )
