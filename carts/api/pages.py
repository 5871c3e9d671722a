"""Pages viewed: they show products, which live here."""

from django.http import HttpRequest

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import router_of, writes
from customers.api.visits import PageTold, VisitGiven, arrival_of, visit_given
from customers.services import view_page

from ..models import Product

router = router_of("Visits")


@writes(router, "POST", "/visits/pages", scope=Scope.VISITS_WRITE, answer=VisitGiven)
def view_a_page(request: HttpRequest, said: PageTold) -> VisitGiven:
    """Somebody looks at a page, of a product where it is one.

    A visit begins with it where none goes on. A product that is not known is no fault: the page is kept all the same.
    """
    product = Product.objects.filter(reference=said.product).first() if said.product else None
    visit = view_page(arrival_of(said), by=request.actor, at=said.at, product_id=product and product.pk)
    return visit_given(visit)
