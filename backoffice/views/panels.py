"""The blocks of a page, drawn: each is asked for its right first, then for what it has to show."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string

from ..live.blocks import seen_by
from ..sections import Panel
from ..texts import Text
from .back import with_back

# What a block's content says of what stands around it; all else is its own template's.
AROUND = ("url", "empty", "news", "edit_url", "edit_title", "add_url", "add_title")


def drawn_panels(
    panels: Iterable[Panel], request: HttpRequest, *about, fold: str, **context
) -> dict[str, list]:
    """The blocks of the head and of both columns that this person may see and that have anything to show.

    `about` is what their `content` is asked about, `fold` the name under which a browser remembers what is folded,
    `context` what every template gets.
    """
    sides: dict[str, list] = {"head": [], "left": [], "right": []}
    back = dict(context.get("kept", ())).get("back", "")
    for panel in seen_by(panels, request.user):
        chosen = _chosen(panel, request)
        content = panel.content(*about, request.user, *([chosen] if panel.choices else []))
        if content is None:
            continue
        for one in content.get("urls", ()):
            one["url"] = _with_list(one["url"], back)
        if panel.choices:
            content["choices"] = [_choice(panel, *one, chosen, request) for one in panel.choices.items()]
        sides[panel.side].append(
            {
                "name": panel.name,
                "fold": f"{fold}-{panel.name}",
                "title": panel.title,
                "count": content.get("count"),
                **{name: content.get(name, "") for name in AROUND},
                **{name: _with_list(content.get(name, ""), back) for name in ("edit_url", "add_url")},
                "html": render_to_string(panel.template, {**context, **content}, request=request),
            }
        )
    return sides


def _with_list(url: str, back: str) -> str:
    """The address of a form that goes on knowing the list one came from (U11); "" for none."""
    return url and with_back(url, back)


def _chosen(panel: Panel, request: HttpRequest) -> str:
    """Which rows of the block are asked for by the parameter of its name; the first choice where none is."""
    asked = request.GET.get(panel.name, "")
    return asked if asked in panel.choices else next(iter(panel.choices), "")


def _choice(panel: Panel, name: str, title: Text, chosen: str, request: HttpRequest) -> dict:
    params = request.GET.copy()
    params[panel.name] = name
    return {"title": title, "url": f"?{params.urlencode()}#{panel.name}", "current": name == chosen}
