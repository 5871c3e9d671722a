"""A chosen file is shown as it was understood, before anything is taken in (issue 9, 12; I6, I7)."""

from customers.models import Customer
from tests.imports_page.pages import FILE, begin, columns, figures


class TestLooking:
    def test_the_page_says_what_was_recognised_and_what_each_column_is_taken_for(self, choose, page):
        """I6: "Opt in → Partner offers" is seen before anything happens; columns left aside are named."""
        main = page(choose(FILE))
        facts = dict(
            zip([one.text for one in main.all("dt")], [one.text for one in main.all("dd")], strict=True)
        )
        assert facts == {"Rows": "4", "Encoding": "UTF-8", "Delimiter": ";", "Column names": "in line 1"}
        assert columns(main) == [
            ("E-mail", "E-mail", "ada@shop.example bo@shop.example no address"),
            ("Last name", "Last name", "Byron Bo Kim"),
            ("First name", "First name", "Ada Bo Kim"),
            ("Newsletter", "Newsletter", "1 0"),
            ("Opt in", "Partner offers", "0"),
            ("Uwagi", "Not used: nothing here has this name Take it as: Note", "likes tea"),
        ]
        assert not Customer.objects.exists()

    def test_a_field_of_staffs_own_is_called_what_staff_called_it(self, choose, page, custom_field):
        """Issue 9, how its pages read: nobody knows a field by "custom_1"."""
        custom_field("Shoe size", kind="number")
        main = page(choose("E-mail;Last name;First name;Shoe size\nada@shop.example;Byron;Ada;38\n"))
        assert columns(main)[-1] == ("Shoe size", "Shoe size", "38")

    def test_a_likely_column_is_taken_by_a_click(self, choose, client, page):
        """I7: proposed and mapped."""
        imported = choose(FILE)
        button = page(imported).one("button", name="take")
        client.post(f"/imports/{imported.pk}/options/", {"key": "email", "take": button["value"]})
        imported.refresh_from_db()
        assert imported.options == {"map": ["Uwagi=note"]}
        assert columns(page(imported))[-1] == ("Uwagi", "Note", "likes tea")
        begin(client, imported)
        assert Customer.objects.get(email="ada@shop.example").note == "likes tea"

    def test_options_are_those_that_the_section_declares(self, choose, page):
        named = {
            one["name"] for one in page(choose(FILE)).one("form", id="options").walk() if one.has("name")
        }
        assert named - {"csrfmiddlewaretoken", "take"} == {
            *("key", "names", "replace_people", "map", "dates", "time_zone", "without_bad_cells"),
            *("encoding", "delimiter"),
        }
        tags = page(choose("Name\nVIP\n", "tags")).one("form", id="options")
        assert [one["value"] for one in tags.one("select", name="key").all("option")] == ["name", "id"]

    def test_what_is_said_of_a_file_is_looked_at_anew_and_an_older_dry_run_forgotten(
        self, choose, client, page
    ):
        imported = begin(client, choose("E-mail;Name\nada@shop.example;Ada Byron\n"), dry_run=True)
        assert figures(page(imported)) == [
            *("0 would be created", "0 would be updated", "0 would stay unchanged", "1 would be refused")
        ]
        client.post(f"/imports/{imported.pk}/options/", {"key": "email", "names": "first-last"})
        assert page(imported).all("ul", "stats") == []
        assert figures(page(begin(client, imported, dry_run=True)))[0] == "1 would be created"

    def test_dates_and_clock_are_told(self, choose, page):
        main = page(choose("E-mail;Last name;First name;Birthday\na@shop.example;B;A;31/12/1984\n"))
        assert "the day comes first in its dates, as “31/12/1984” in line 2 shows" in main.text
