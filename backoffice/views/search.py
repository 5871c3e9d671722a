"""The search of every page: `/search/?q=…&in=…` (S0.70–S0.77, S1.86–S1.90, S4.83–S4.88)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..access.rights import signed_in
from ..lists.searching import EVERYWHERE, Search
from ..sections import Section


@signed_in
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found, by sections; a customer's number asked for among customers leads to that customer (facts 9.1)."""
    asked = Search(request.GET.get("q", "")[:200], request.GET.get("in", ""), request.user)
    if asked.by_number and asked.scope != EVERYWHERE:
        return HttpResponseRedirect(_url_of(*asked.by_number))
    return render(request, "backoffice/search.html", {"asked": asked, "offer": _offer(asked)})


def _offer(asked: Search) -> dict | None:
    """The one record that is meant: that of the number typed, or the only one found."""
    if asked.by_number:
        section, record = asked.by_number
        return {"title": str(record), "url": _url_of(section, record)}
    if sum(one.page.total for one in asked.results) != 1:
        return None
    [found] = asked.results
    [row] = found.page.records
    return {"title": found.page.label_of(row), "url": found.page.url_of(row["id"])}


def _url_of(section: Section, record) -> str:
    return reverse(section.url("view"), args=[record.pk])
