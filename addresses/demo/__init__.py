"""Generated addresses of the demo shop."""

from backoffice.registries import Phase, demo_steps


def register_steps() -> None:
    """This app's steps, in their order."""
    from .homes import make_johns_address, put_addresses, write_history

    demo_steps.register("addresses: John DOE", make_johns_address, phase=Phase.EXACT)
    demo_steps.register("addresses: homes", put_addresses, phase=Phase.BATCH)
    demo_steps.register("addresses: history", write_history, phase=Phase.CLOSING)
