"""The demo shop's catalogue, carts, vouchers and orders."""

from backoffice.registries import Phase, demo_steps


def register_steps() -> None:
    """This app's steps, in their order."""
    from .catalogue import make_catalogue, make_privileges
    from .history import write_history
    from .john import make_johns_cart
    from .shopping import note_privileges, put_carts
    from .vouchers import make_vouchers, put_personal_vouchers

    demo_steps.register("carts: catalogue", make_catalogue, phase=Phase.EXACT)
    demo_steps.register("carts: John DOE", make_johns_cart, phase=Phase.EXACT)
    demo_steps.register("carts: privileges", make_privileges, phase=Phase.FIXED)
    demo_steps.register("carts: discounts", note_privileges, phase=Phase.FIXED)
    demo_steps.register("carts: vouchers", make_vouchers, phase=Phase.FIXED)
    demo_steps.register("carts: personal vouchers", put_personal_vouchers, phase=Phase.BATCH)
    demo_steps.register("carts: carts and orders", put_carts, phase=Phase.BATCH)
    demo_steps.register("carts: history", write_history, phase=Phase.CLOSING)
