"""What the page says before people of the demo shop are deleted for good, and what is gone afterwards."""

from django.db.models import CASCADE

from customers.models import Customer, CustomerFigures, KeptOut, Membership, ShopSession, Tagging
from tests.reading import read


def test_everything_that_goes_with_a_customer_is_foretold(client_of, owner, filled):
    """D7: every kind of record that the database removes along, with its number, for one and for many."""
    filled(60)
    owner.refresh_from_db()  # the demo has hired its own staff
    client = client_of(owner)
    people = list(Customer.objects.here().order_by("pk").values_list("pk", flat=True)[:40])
    belongings = [
        relation
        for relation in Customer._meta.related_objects
        if relation.on_delete is CASCADE
        and relation.related_model not in (CustomerFigures, KeptOut, Membership, ShopSession, Tagging)
    ]
    going = {
        one.related_model: one.related_model._base_manager.filter(**{f"{one.field.name}__in": people}).count()
        for one in belongings
    }
    assert all(going.values()), "a demo shop has some of each"
    page = read(client.post("/customers/actions/delete/", {"selected": people}))
    numbers = [
        int(said.removeprefix("Removes ").split()[0].replace(",", ""))
        for said in (line.text for line in page.all("label", "way")[0].all("li"))
        if said.startswith("Removes ")
    ]
    for model, number in going.items():
        assert number in numbers, (model, number)
    before = {model: model._base_manager.count() for model in going}
    client.post("/customers/actions/delete/", {"selected": people, "way": "again"})
    assert {model: before[model] - model._base_manager.count() for model in going} == going
