"""Hidden people are named only to who may see them (decision 19, finding S11)."""

import pytest

from backoffice.models import Job
from backoffice.records.actors import Actor, Door
from customers import services
from customers.importing import importer
from customers.models import Customer

TAKEN = "taken@shop.example"


@pytest.fixture
def hidden(customer):
    made = customer(first_name="Secretary", last_name="BYRON", email=TAKEN)
    services.hide_customer(made, by=Actor.command())
    return made


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (
            "owner",
            '<a href="/customers/{id}/">Secretary BYRON (ID {id})</a> was deleted'
            " and may not register again with the address taken@shop.example.",
        ),
        ("support", "This address may not register again."),
    ],
)
def test_an_address_of_a_hidden_customer_names_them_to_who_may_delete_only(
    hidden, customer, hire, client_of, new, role, said
):
    """S11: the form for a new customer and that of another one."""
    client = client_of(hire(role, email="somebody@example.com"))
    answer = client.post("/customers/add/", new(email=TAKEN))
    assert answer.context["form"].errors["email"] == [said.format(id=hidden.pk)]
    john, actor = customer(), Actor(staff=answer.wsgi_request.user, door=Door.PAGE)
    with pytest.raises(services.people.ValidationError) as refused:
        services.edit_customer(john, {"email": TAKEN}, by=actor)
    assert refused.value.messages == [said.format(id=hidden.pk)]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (None, "Secretary BYRON (ID {id}) was deleted and may not register again with this address."),
        ("manager", "Secretary BYRON (ID {id}) was deleted and may not register again with this address."),
        ("support", "This address may not register again."),
    ],
)
def test_an_import_names_hidden_people_to_who_may_delete_only(hidden, hire, written, role, said):
    """S11: at the server's terminal too, where somebody may do everything."""
    file = written(f"Last name;First name;E-mail\nDoe;Jane;{TAKEN}\n")
    faults = []
    work = importer.CustomerImport(file)
    work.run(by=Actor(staff=hire(role) if role else None, door=Door.IMPORT), tell=faults.append)
    assert [fault.reason for fault in faults] == [said.format(id=hidden.pk)]
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(("role", "named"), [("owner", True), ("support", False)])
def test_pages_about_bulk_changes_name_hidden_people_to_who_may_delete_only(
    customer, hire, client_of, role, named
):
    """S11, the kind: of those whom an undo had to leave alone, and those changed since."""
    ada, bob, cid = customer(last_name="Secretary"), customer(last_name="Bailiff"), customer()
    client = client_of(hire(role, email="somebody@example.com"))
    client.post("/customers/actions/disable/", {"selected": [ada.pk, bob.pk, cid.pk]})
    services.switch(bob, "active", True, by=Actor.command())
    for one in (ada, bob):
        services.hide_customer(one, by=Actor.command())
    undo = f"/jobs/{Job.objects.get().pk}/undo/"
    assert ("Bailiff" in client.get(undo).content.decode()) is named
    page = client.post(undo, follow=True)
    assert page.redirect_chain == [(f"/jobs/{Job.objects.latest('pk').pk}/", 302)]
    for one in (ada, bob):
        assert (one.last_name in page.content.decode()) is named
        assert (f"number {one.pk}, deleted" in page.content.decode()) is not named
