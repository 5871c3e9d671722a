"""One odd cell does not keep a customer out where it need not (decision 45; findings I5, I15, I16, I18, I21)."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.required_fields import require
from customers.importing.importer import CustomerImport
from customers.models import Customer, Tag
from customers.sections.customers import CUSTOMERS
from groups.models import Group

HEAD = "E-mail;Last name;First name"


def ada() -> Customer:
    return Customer.objects.get(email_key="ada@shop.example")


def row(*cells: str) -> str:
    return ";".join(("ada@shop.example", "Byron", "Ada", *cells)) + "\n"


# Without the cells that are not needed (decision 45)


def test_a_row_goes_in_without_its_faulty_cells_where_that_was_asked(take_in):
    """I5: of a file that a spreadsheet had damaged, 0 of 6 people went in."""
    text = f"{HEAD};Birthday;Newsletter;Company\n{row('1985-13-01', 'perhaps', 'Mill')}"
    assert take_in(text).counts == (0, 0, 0, 1)
    outcome = take_in(text, without_bad_cells=True)
    assert outcome.counts == (1, 0, 0, 0)
    assert (ada().birthday, ada().newsletter, ada().company) == (None, False, "Mill")
    assert [str(fault) for fault in outcome.faults] == [
        "Line 2, column “Birthday”, “1985-13-01”: There is no such day or time. The cell is left out.",
        "Line 2, column “Newsletter”, “perhaps”: Neither yes nor no: write 1 or 0. The cell is left out.",
    ]
    assert outcome.remarks == ["2 cells left out."]


def test_a_stored_value_stays_where_the_cell_is_left_out(take_in, customer):
    customer(email="ada@shop.example", company="Mill")
    outcome = take_in(f"{HEAD};Company\n{row('<b>')}", without_bad_cells=True)
    assert (outcome.counts, ada().company, ada().last_name) == ((0, 1, 0, 0), "Mill", "Byron")


@pytest.mark.parametrize(
    ("column", "cell"),
    [("E-mail", "ada@"), ("Last name", "R2D2"), ("First name", "<b>"), ("Guest", "perhaps")],
)
def test_cells_that_say_who_it_is_are_never_left_out(take_in, column, cell):
    """Decision 45: fields that are not needed."""
    values = {"E-mail": "ada@shop.example", "Last name": "Byron", "First name": "Ada", column: cell}
    text = f"{';'.join(values)}\n{';'.join(values.values())}\n"
    outcome = take_in(text, without_bad_cells=True)
    assert (outcome.counts, outcome.places) == ((0, 0, 0, 1), [(2, column)])


def test_a_field_that_staff_made_required_is_needed(take_in, owner):
    """D-10: the row is refused, with the reason of the cell as well."""
    require(CUSTOMERS, ["birthday"], by=Actor.command())
    outcome = take_in(f"{HEAD};Birthday\n{row('soon')}", without_bad_cells=True)
    assert outcome.counts == (0, 0, 0, 1)
    assert "Not a date: write it like 1985-04-30." in outcome.reasons


def test_other_sections_know_it_too(shop, written):
    """Decision 45, the kind: groups with an odd discount go in without it."""
    from backoffice.importing.command import opened
    from backoffice.records.actors import Door
    from backoffice.sections import section_named

    faults = []
    work = opened(
        section_named("groups"), written("Name;Discount\nKids;much\n<b>;1\n"), without_bad_cells=True
    )
    report = work.run(by=Actor(staff=None, door=Door.IMPORT), tell=faults.append)
    assert (report.created, report.refused) == (1, 1)
    assert Group.objects.get(name="Kids").discount == 0
    assert [(fault.line, fault.left_out) for fault in faults] == [(2, True), (3, False)]
    assert report.remarks() == ["1 cell left out."]


# What keeps nobody out in any case


@pytest.mark.parametrize(
    "phone", ["(22) 555 66 77 wew. 12", "tel. 600700800", "600 700 800 (mama)", "call me"]
)
def test_an_odd_phone_is_kept_as_typed_and_told(take_in, phone):
    """Decisions 24 and 45, I5."""
    outcome = take_in(f"{HEAD};Phone\n{row(phone)}")
    assert (outcome.counts, ada().phone) == ((1, 0, 0, 0), phone)
    assert outcome.remarks == [
        "Line 2, column “Phone”: kept as it is: This does not look like a phone number., such as “"
        + phone
        + "”"
    ]
    assert take_in(f"{HEAD};Phone\n{row(phone)}").remarks == []


def test_what_a_spreadsheet_made_of_a_number_is_no_number(take_in):
    """I3: it was kept as the customer's reference."""
    head = "Customer ID;E-mail;Last name;First name;Phone"
    outcome = take_in(f"{head}\n7.21045E+12;ada@shop.example;Byron;Ada;4.86E+10\n")
    assert outcome.places == [(2, "Customer ID"), (2, "Phone")]
    assert outcome.reasons == ["A spreadsheet shortened this number: its digits are lost."] * 2


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *[(word, "female") for word in ("K", "k", "kobieta", "F", "féminin", "Féminine", "femeie", "Fille")],
        *[(word, "male") for word in ("M", "mężczyzna", "Masculin", "masculine", "bărbat", "B", "Chłopiec")],
    ],
)
def test_gender_is_said_in_four_languages(take_in, mr, mrs, word, kind):
    """I5: half of a Polish list stayed out, for K."""
    take_in(f"{HEAD};Płeć\n{row(word)}")
    assert ada().title == {"male": mr, "female": mrs}[kind]


@pytest.mark.parametrize("word", ["M. et Mme", "Mr & Mrs", "Państwo", "pan i pani", "Dl. și Dna."])
def test_a_title_of_two_people_is_left_out_and_told(take_in, customer, mr, word):
    """I5: a couple is nobody's fault; who has a title keeps it."""
    outcome = take_in(f"{HEAD};Title\n{row(word)}")
    assert (outcome.counts, ada().title) == ((1, 0, 0, 0), None)
    assert outcome.remarks == ["Line 2, column “Title”: the title of two people; left out"]
    Customer.objects.update(title=mr)
    assert take_in(f"{HEAD};Title\n{row(word)}").counts == (0, 0, 1, 0)
    assert ada().title == mr


@pytest.mark.parametrize(
    ("word", "on"),
    [
        *[(word, True) for word in ("✔", "✔️", "1.0", "zgoda", "Subscribed", "abonné", "x")],
        *[(word, False) for word in ("✘", "0.0", "brak zgody", "blocked", "Zablokowany", "unsubscribed")],
    ],
)
def test_switches_are_said_in_the_words_of_people(take_in, word, on):
    """I5: each of them kept a whole customer out."""
    take_in(f"{HEAD};Enabled;Newsletter\n{row(word, word)}")
    assert (ada().active, ada().newsletter) == (on, on)


# Nothing (I18)


@pytest.mark.parametrize(
    "word", ["-", "--", "—", "n/a", "N/A", "brak", "NULL", "néant", "nie dotyczy", "nu are"]
)
def test_nothing_is_said_in_one_list_of_words_for_all_fields(take_in, customer, mr, word):
    """I18: a dash was somebody's phone, company and note."""
    head = f"{HEAD};Phone;Company;Note;Title;Birthday;Newsletter;Groups;Tags;Sales agent;Sales"
    text = f"{head}\n{row(*[word] * 10)}"
    assert take_in(text).counts == (1, 0, 0, 0)
    assert (ada().phone, ada().company, ada().note) == ("", "", "")
    assert not Tag.objects.exists()
    assert Group.objects.count() == 1
    Customer.objects.update(phone="600", company="Mill", note="Slow", title=mr)
    assert take_in(text).counts == (0, 0, 1, 0)
    assert (ada().phone, ada().company, ada().title) == ("600", "Mill", mr)


@pytest.mark.parametrize("name", ["Null", "None", "Brak"])
def test_somebody_may_be_called_null(take_in, name):
    """I18: no word is nothing where a person's name stands; a dash is."""
    take_in(f"{HEAD}\nada@shop.example;{name};Ada\n")
    assert ada().last_name == name
    assert take_in(f"{HEAD}\nbo@shop.example;-;Bo\n").places == [(2, "Last name")]


# Other cells


def test_a_cell_without_an_end_refuses_its_row_alone(take_in):
    """I16: the whole file stayed out, with a sentence in English."""
    long = "x" * 131_073
    outcome = take_in(f"{HEAD};Note;Colour\n{row(long, '')}{row('', long)}bo@shop.example;Bo;Bo;;\n")
    assert outcome.counts == (1, 0, 0, 2)
    assert outcome.places == [(2, "Note"), (3, "Colour")]
    assert outcome.reasons == ["At most 131072 characters, please; this has 131073."] * 2


def test_two_apostrophes_stay_two(take_in):
    """I21: a company of two was one of one."""
    take_in(f"{HEAD};Company;Note\n{row(chr(39) * 2, chr(39) * 2 + 'Hello')}")
    assert (ada().company, ada().note) == ("''", "''Hello")


# Groups called by a number (I15)


@pytest.mark.parametrize("column", ["Groups", "Group"])
def test_where_groups_are_names_a_name_of_digits_is_one(take_in, column):
    """I15: the group was left out, and the tag of that name made."""
    text = f"{HEAD};{column}\nada@shop.example;Byron;Ada;2024\nbo@shop.example;Bo;Bo;VIP\n"
    outcome = take_in(text)
    assert outcome.remarks[0] == "Groups created: “2024”, “VIP”."
    assert ada().default_group.name == "2024"
    assert take_in(text).counts == (0, 0, 2, 0)


def test_where_groups_are_numbers_they_are_those_of_another_shop(take_in):
    """Decision 44: in a column without any name."""
    outcome = take_in(f"{HEAD};Groups\nada@shop.example;Byron;Ada;2024\nbo@shop.example;Bo;Bo;3, 4\n")
    assert outcome.counts == (2, 0, 0, 0)
    assert list(Group.objects.values_list("name", flat=True)) == ["Default"]


def test_a_group_called_by_a_number_comes_back_from_our_own_export(take_in, group, customer):
    """I15, D-65: what we export are names."""
    customer(email="ada@shop.example", groups=[group("2024")])
    Group.objects.filter(name="2024").update(name="2025")
    take_in(f"ID;E-mail;Groups;backoffice:customers\n{ada().pk};ada@shop.example;2024;\n")
    assert [one.name for one in ada().groups.all()] == ["2024"]


def test_what_is_odd_is_told_before_a_file_goes_in(written, shop):
    """Decision 7: doubts of the form are those of the import."""
    work = CustomerImport(written(f"{HEAD}\nada@shop.invalid;Byron;Ada\n"))
    report = work.run(by=Actor.command(), dry_run=True, tell=lambda fault: pytest.fail(str(fault)))
    assert "Mail can't be delivered to this address." in report.remarks()[0]
