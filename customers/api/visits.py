"""Visits to the shop and pages viewed, as the shop's pages tell of them."""

from django.http import HttpRequest
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import router_of, writes
from backoffice.api.shapes import Given, Id, Ip, Moment, MomentGiven, Taken, Text, VisitorKey, line_of

from .. import services
from ..models import Visit
from .lookups import customer_named

router = router_of("Visits")


class VisitTold(Taken):
    """A browser that came to the shop."""

    visitor: VisitorKey = Field(description="The token of the browser, of the shop's own making")
    at: Moment | None = Field(None, description="Now where nothing is said")
    page: Text = Field("", max_length=2000, description="What was asked of the page is not kept")
    referrer: Text = Field("", max_length=2000)
    ip: Ip | None = None
    user_agent: Text = Field("", max_length=2000)
    customer_id: Id | None = Field(None, description="Who is signed in")


class PageTold(VisitTold):
    """A page that was looked at."""

    product: line_of(64) | None = Field(None, description="The reference of the product that it shows")


class VisitEnded(Taken):
    """A browser that left."""

    visitor: VisitorKey
    at: Moment | None = None


class VisitGiven(Given):
    """The visit; none of a robot, or where there was none to end."""

    visit: Id | None
    started_at: MomentGiven | None
    pages_viewed: int


def visit_given(visit: Visit | None) -> VisitGiven:
    """The visit as the API tells of it."""
    if visit is None:
        return VisitGiven(visit=None, started_at=None, pages_viewed=0)
    return VisitGiven(visit=visit.pk, started_at=visit.started_at, pages_viewed=visit.pages_count)


def arrival_of(said: VisitTold) -> services.Arrival:
    """Who comes, as the services take it."""
    return services.Arrival(
        visitor=said.visitor,
        page=said.page,
        ip=said.ip,
        user_agent=said.user_agent,
        referrer=said.referrer,
        customer=customer_named(said.customer_id),
    )


@writes(router, "POST", "/visits", scope=Scope.VISITS_WRITE, answer=VisitGiven)
def begin_visit(request: HttpRequest, said: VisitTold) -> VisitGiven:
    """Somebody comes to the shop.

    The visit goes on where the browser was seen within the last 30 minutes, else a new one begins.
    """
    return visit_given(services.begin_visit(arrival_of(said), by=request.actor, at=said.at))


@writes(router, "POST", "/visits/end", scope=Scope.VISITS_WRITE, answer=VisitGiven)
def end_visit(request: HttpRequest, said: VisitEnded) -> VisitGiven:
    """Somebody leaves: the next page is a new visit."""
    return visit_given(services.end_visit(said.visitor, by=request.actor, at=said.at))
