"""What the rules of carts and orders say, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from backoffice.faults import add_sentences

add_sentences(
    {
        "voucher_unknown": _("There is no such voucher."),
        "voucher_too_early": _("This voucher is not valid yet."),
        "voucher_over": _("This voucher has expired."),
        "voucher_used_up": _("This voucher has been used up."),
        "voucher_used": _("This customer has used this voucher already."),
        "voucher_not_for_them": _("This voucher is not for this customer."),
        "voucher_code_parted": _("A code has no spaces."),
        "name_malformed": _("Neither empty nor with blanks at its ends or twice in a row."),
        "no_such_product": _("There is no product with this reference."),
        "product_not_sold": _("This product is not sold at the moment."),
        "product_not_for_them": _("This product is only sold to other groups."),
        "carrier_taken": _("There is a carrier with this name already."),
        "no_such_order": _("There is no order with this reference."),
        "no_such_carrier": _("There is no carrier with this name."),
        "no_such_address": _("This customer has no such address."),
        "address_not_for_that": _("This address does not serve for that."),
        "sum_too_large": _("This comes to more than can be sold."),
        "discounts_too_large": _("The discounts come to more than the order."),
        "tax_too_large": _("There is more tax in it than the order comes to."),
        "variant_of_variant": _("A variant can't have variants of its own."),
        "no_guests": _("The shop takes no orders without an account."),
        "buyer_missing": _("Say who bought it: a customer or a guest."),
        "rate_missing": _("Another currency than the shop’s needs its rate."),
        "two_prices": _("This product is in the cart already, at another price."),
        "no_such_cart": _("There is no cart with this key."),
        "cart_ordered": _("This cart became another order already."),
        "cart_of_another": _("This cart belongs to another customer."),
        "order_of_another_cart": _("This order came from another cart, and that stays so."),
        "cart_currency": _(
            "This cart is in %(currency)s: put one in another currency under a key of its own."
        ),
        "currency_of_shop": _("Prices of products are in the currency of the shop, %(currency)s."),
    }
)
