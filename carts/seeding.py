"""The order statuses of a fresh shop."""

from backoffice.records.seeding import put_in

# id, English, French, Polish, Romanian, valid, owed
STATUSES = (
    (
        1,
        "Awaiting cheque payment",
        "En attente du paiement par chèque",
        "Oczekiwanie na płatność czekiem",
        "În așteptarea plății prin cec",
        False,
        True,
    ),
    (2, "Payment accepted", "Paiement accepté", "Płatność zaakceptowana", "Plată acceptată", True, True),
    (3, "Shipped", "Expédiée", "Wysłane", "Expediată", True, True),
    (4, "Delivered", "Livrée", "Dostarczone", "Livrată", True, True),
    (5, "Canceled", "Annulée", "Anulowane", "Anulată", False, False),
    (6, "Refunded", "Remboursée", "Zwrócono pieniądze", "Rambursată", False, False),
    (7, "Payment error", "Erreur de paiement", "Błąd płatności", "Eroare de plată", False, False),
)


def seed_order_statuses(apps) -> None:
    """Seven ways an order can stand; only what is paid for and on its way counts as a purchase (facts 1.11)."""
    OrderStatus = apps.get_model("carts", "OrderStatus")
    put_in(
        OrderStatus,
        [
            OrderStatus(
                id=key,
                name=name,
                name_fr=french,
                name_pl=polish,
                name_ro=romanian,
                valid=valid,
                owed=owed,
                colour=key,
                position=key,
            )
            for key, name, french, polish, romanian, valid, owed in STATUSES
        ],
    )
