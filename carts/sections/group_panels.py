"""What a group gives in the shop, on its page: discounts by category, vouchers, products only for its members."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.lists.latest import latest
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.tables import as_table
from backoffice.sections import Panel, Related, add_panel
from groups.models import Group

from ..models import CategoryDiscount, Product


def _told(discount: Decimal) -> str:
    """A discount with its sign; a category may well have none, in place of the general one."""
    told = formats.percent(discount / 100, places=2)
    return f"−{told}" if discount else told


def discounts_panel(group: Group, staff) -> dict:
    """The discount of each category that has one of its own, with its sign."""
    rows = CategoryDiscount.objects.filter(group=group.pk).select_related("category").order_by("category")
    found = [(one.category.local_name, _told(one.discount)) for one in rows]
    may = staff.has_perm("groups.change_group")
    return {
        "count": len(found) or None,
        "empty": "" if found else _("The general discount holds in every category."),
        "edit_url": link("groups_category_discounts", group.pk) if may else "",
        "edit_title": _("Edit the category discounts"),
        **as_table(((_("Category"), "wraps"), (_("Discount"), "num")), found),
    }


def products_panel(group: Group, staff) -> dict | None:
    """The products that only members of this group, and perhaps of others, may see; nothing where there is none."""
    found = latest(Product.objects.filter(exclusive_to=group.pk).order_by("-pk"))
    rows = [
        (fill('<a href="{}">{}</a>', link("products_view", one.pk), one.full_name), one.reference)
        for one in found.rows
    ]
    columns = ((_("Product"), "wraps"), (_("Reference"), "wraps"))
    return {"count": found.count, **as_table(columns, rows)} if rows else None


def _panel(name: str, title, content, icon: str) -> Panel:
    return Panel(
        name=name,
        title=title,
        template="backoffice/panels/rows.html",
        content=content,
        icon=icon,
        side="right",
    )


add_panel(
    "groups",
    _panel("category_discounts", gettext_lazy("Category discounts"), discounts_panel, "vouchers"),
    Related(
        section="vouchers",
        title=gettext_lazy("Discount vouchers"),
        filter_by="group",
        columns=("voucher", "taken_off", "ends_at", "active"),
        empty=gettext_lazy("No vouchers are only for this group."),
        adds=True,
        edits=True,
    ),
    _panel("exclusive_products", gettext_lazy("Exclusive products"), products_panel, "products"),
)
