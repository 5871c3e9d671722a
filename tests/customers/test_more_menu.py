"""The menu “More” of the selection bar: what is done seldom, without a higher bar."""

from tests.reading import read


def test_opt_in_is_switched_by_the_menu_more_of_the_bar(client, customer):
    """Issue 9, what was left, 10: the actions were there, and no list offered them."""
    made = customer(partner_offers=True)
    menu = next(
        one
        for one in read(client.get("/customers/")).one("div", "selection-bar").all("details", "menu")
        if one.one("summary").text == "More"
    )
    assert [one.text for one in menu.all("button")] == ["Opt-in on", "Opt-in off"]
    client.post(menu.all("button")[1]["formaction"], {"selected": [made.pk]})
    made.refresh_from_db()
    assert made.partner_offers is False
