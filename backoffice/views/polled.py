"""Views that an open page asks by itself, again and again: what is special about them is done by RightsMiddleware.

They do not keep a sign-in from running out (S14), and what a role may is remembered for some seconds.
"""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable)


def polled(view: View) -> View:
    """Nobody pressed anything to ask for this."""
    view.is_polled = True  # type: ignore[attr-defined]
    return view
