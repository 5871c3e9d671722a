"""Generated people of the demo shop, and all that this app keeps about them."""

from backoffice.registries import Phase, demo_steps


def register_steps() -> None:
    """This app's steps, in their order."""
    from .correspondence import put_correspondence
    from .custom_fields import make_custom_fields, put_custom_values
    from .history import work_out_key_figures, write_history
    from .john import make_john
    from .oddities import make_odd
    from .people import make_people, put_people
    from .ruled import follow_rules
    from .segments import make_tags
    from .visits import put_visits

    demo_steps.register("customers: John DOE", make_john, phase=Phase.EXACT)
    demo_steps.register("customers: tags", make_tags, phase=Phase.FIXED)
    demo_steps.register("customers: custom fields", make_custom_fields, phase=Phase.FIXED)
    demo_steps.register("customers: people", make_people, phase=Phase.BATCH)
    demo_steps.register("customers: oddities", make_odd, phase=Phase.BATCH)
    demo_steps.register("customers: rows", put_people, phase=Phase.BATCH)
    demo_steps.register("customers: custom values", put_custom_values, phase=Phase.BATCH)
    demo_steps.register("customers: visits", put_visits, phase=Phase.BATCH)
    demo_steps.register("customers: correspondence", put_correspondence, phase=Phase.BATCH)
    demo_steps.register("customers: rules of groups", follow_rules, phase=Phase.CLOSING)
    demo_steps.register("customers: history", write_history, phase=Phase.CLOSING)
    demo_steps.register("customers: key figures", work_out_key_figures, phase=Phase.CLOSING)
