"""What a tag gives in the shop, on its page: the vouchers only for its carriers (S3.25)."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import Related, add_panel

add_panel(
    "tags",
    Related(
        section="vouchers",
        filter_by="tag",
        columns=("voucher", "taken_off", "ends_at", "active"),
        empty=_("No vouchers are only for customers with this tag."),
        adds=True,
        edits=True,
    ),
)
