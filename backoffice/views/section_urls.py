"""The addresses every section has, made from its declaration (interface.md)."""

from django.urls import path, re_path

from ..live.blocks import following_on
from ..sections import Section, explanations_of
from .bulk import action_view, figures_view
from .columns import columns_view
from .deletion import delete_view
from .detail import detail_view
from .editing import add_view, edit_view
from .explaining import explained_view
from .exporting import export_view
from .history import history_view, put_back_view
from .listing import list_view
from .live import live_list_view, live_record_view
from .record_actions import record_action_view
from .required import required_fields_view
from .switching import toggle_view


def urls_of(section: Section) -> list:
    """The URL patterns of one section; what it does not declare has no address."""
    slug = section.slug
    urls = [
        path(f"{slug}/", list_view(section), name=section.url("list")),
        path(f"{slug}/columns/", columns_view(section), name=section.url("columns")),
        path(f"{slug}/actions/<slug:name>/", action_view(section), name=section.url("action")),
        path(f"{slug}/<int:pk>/", detail_view(section), name=section.url("view")),
    ]
    if following_on(section):
        urls.append(path(f"{slug}/<int:pk>/live/", live_record_view(section), name=section.url("live")))
    if section.listing.version:
        urls.append(path(f"{slug}/live/", live_list_view(section), name=section.url("list_live")))
    urls += [
        path(f"{slug}/<int:pk>/{one.path}/", record_action_view(section, one), name=section.url(one.name))
        for one in section.page.actions
    ]
    if section.is_exported:
        urls.append(path(f"{slug}/export/", export_view(section), name=section.url("export")))
    if section.keeps_history:
        urls.append(path(f"{slug}/<int:pk>/history/", history_view(section), name=section.url("history")))
    if section.form:
        urls += [
            path(f"{slug}/add/", add_view(section), name=section.url("add")),
            path(f"{slug}/<int:pk>/edit/", edit_view(section), name=section.url("edit")),
            path(
                f"{slug}/<int:pk>/history/<int:entry>/put-back/",
                put_back_view(section),
                name=section.url("put_back"),
            ),
        ]
    if explanations_of(section):
        explained = explained_view(section)
        urls.append(path(f"{slug}/<int:pk>/explained/<slug:name>/", explained, name=section.url("explained")))
    if section.delete_ways:
        urls.append(path(f"{slug}/<int:pk>/delete/", delete_view(section), name=section.url("delete")))
    if section.requirable:
        urls.append(
            path(
                f"{slug}/required-fields/", required_fields_view(section), name=section.url("required_fields")
            )
        )
    if section.switches:
        fields = "|".join(section.switches)
        urls.append(
            re_path(
                rf"^{slug}/(?P<pk>[0-9]{{1,19}})/toggle/(?P<field>{fields})/$",
                toggle_view(section),
                name=section.url("toggle"),
            )
        )
    if section.key_figures:
        urls.append(path(f"{slug}/figures/", figures_view(section), name=section.url("figures")))
    return urls
