"""What each column is understood as is said first, and can be said otherwise (findings I4, I6, I7, I10, I11)."""

import pytest
from django.core.management import call_command
from django.utils import translation

from backoffice.importing.command import opened as opened_for
from backoffice.importing.likeness import likeliest
from backoffice.importing.options import options_of
from backoffice.importing.reading import Unreadable
from backoffice.sections import section_named
from customers.importing.importer import CustomerImport
from customers.models import Customer

from .conftest import FILES

pytestmark = pytest.mark.alike


def ada() -> Customer:
    return Customer.objects.get(email_key="ada@shop.example")


@pytest.fixture
def understood(shop, written):
    """`understood("E-mail;…")` gives the pairs of column and field, and the notices about the others."""

    def understood(text: str, **how):
        work = CustomerImport(written(text), **how)
        return work.understood, work.notices

    return understood


def test_the_first_lines_of_a_run_say_what_each_column_is(shop, written, capsys):
    """I6: "Opt in: Yes" of an American file became partner offers without a word."""
    file = written("E-mail;Last name;First name;Opt in;News.\nada@shop.example;Byron;Ada;Yes;1\n")
    call_command("import_customers", str(file), "--dry-run")
    assert capsys.readouterr().out.splitlines()[:5] == [
        "E-mail → E-mail",
        "Last name → Last name",
        "First name → First name",
        "Opt in → Partner offers",
        "News. → Newsletter",
    ]


def test_they_are_said_in_the_readers_language(understood):
    with translation.override("fr"):
        pairs, _notices = understood("E-mail;Nom;Prénom;Opt in\nada@shop.example;Byron;Ada;Oui\n")
    assert pairs[3] == ("Opt in", "Offres partenaires")


@pytest.mark.parametrize(
    ("column", "field", "label"),
    [
        ("Uwagi", "note", "Note"),
        ("Tél", "phone", "Phone"),
        ("Abonné newsletter", "newsletter", "Newsletter"),
        ("Abonat newsletter", "newsletter", "Newsletter"),
        ("Subscribed", "newsletter", "Newsletter"),
        ("Customer since", "registered_at", "Registration"),
        ("Phone 1", "phone", "Phone"),
        ("phone1", "phone", "Phone"),
        ("Mobile", "phone", "Phone"),
        ("company_name", "company", "Company"),
        ("web", "website", "Website"),
        ("Subscription Date", "registered_at", "Registration"),
        ("SIGNUP_DATE", "registered_at", "Registration"),
        ("total_spending", "total_spent", "Sales"),
    ],
)
def test_a_name_nearly_known_is_proposed_and_never_taken_unasked(understood, column, field, label):
    """I6, I7: 600 phones of two published files were lost, with one line about a name that nothing has."""
    head = "E-mail;Last name;First name"
    pairs, notices = understood(f"{head};{column}\nada@shop.example;Byron;Ada;1\n")
    assert [one for one, _label in pairs] == head.split(";")
    assert notices == [
        f"Column “{column}” is not used: nothing here has this name.",
        f'Column “{column}” may be: {label}. If it is, add: --map "{column}={field}"',
    ]


def test_whole_names_in_another_order_are_proposed_too(understood):
    """I6: “Nazwisko i imię” was dropped, and everybody refused."""
    with pytest.raises(Unreadable, match="These columns are missing: Last name, First name"):
        understood("E-mail;Nazwisko i imię\nada@shop.example;BYRON Ada\n")
    pairs, _notices = understood(
        "E-mail;Nazwisko i imię\nada@shop.example;BYRON Ada\n", map=["Nazwisko i imię=name"]
    )
    assert pairs[1] == ("Nazwisko i imię", "Full name")


@pytest.mark.parametrize(
    "name", ["Country", "City", "Tax Exempt", "Website ID", "nickname", "Lp.", "store_id", "AOV", "Role"]
)
def test_what_is_like_nothing_is_proposed_as_nothing(understood, name):
    """I7: a proposal that means nothing would be read by nobody."""
    _pairs, notices = understood(f"E-mail;Last name;First name;{name}\nada@shop.example;Byron;Ada;1\n")
    assert [said for said in notices if "may be" in said and name != "Website ID"] == []


def test_likeness_is_by_letters_and_by_words():
    known = {"phone": "phone", "company": "company", "date of birth": "birthday", "id": "id"}
    found = [likeliest(name, known) for name in ("phone 2", "compagny", "birth date", "pho", "id type", "")]
    assert found == ["phone", "company", "", "", "", ""]


def test_what_a_column_is_can_be_said(take_in):
    """I6, I7: --map, as often as wanted; what is said counts more than the column's own name."""
    text = "E-mail;Last name;First name;Uwagi;Phone;Phone 1;Opt in\nada@shop.example;Byron;Ada;Slow;1;2;Yes\n"
    outcome = take_in(text, map=["Uwagi=note", "phone 1 = phone", "Opt in="])
    assert (ada().note, ada().phone, ada().partner_offers) == ("Slow", "2", False)
    assert outcome.remarks == [
        "Column “Phone” is not used: another column says it already.",
        "Column “Opt in” is not used: left out as asked.",
    ]


def test_fields_are_named_as_people_call_them_too(take_in):
    """Their labels in any language, and the names that files have for them."""
    head = "E-mail;Last name;First name;A;B;C (a = b)"
    text = f"{head}\nada@shop.example;Byron;Ada;Slow;600;1985-04-30\n"
    take_in(text, map=["A=Private note", "B=telefon", "C (a = b)=Birthday"])
    assert (ada().note, ada().phone, str(ada().birthday)) == ("Slow", "600", "1985-04-30")


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("Uwagi", "“Uwagi” does not say what a column is. Write it like “Uwagi=note”."),
        ("=note", "“=note” does not say what a column is. Write it like “Uwagi=note”."),
        ("Colour=note", "There is no column “Colour”. The first line has: “E-mail”, “Uwagi”."),
        (
            "Uwagi=colour",
            "There is no field “colour”. There are: id, title, last_name, first_name, name, email,",
        ),
        ("Uwagi=password", "Nothing can be read as “Password”: passwords are not taken from files;"),
        ("Uwagi=age", "Nothing can be read as “Age”: calculated from the birthday."),
    ],
)
def test_what_cannot_be_meant_is_refused(understood, said, refused):
    """B13: nothing is silently ignored."""
    with pytest.raises(Unreadable) as refusal:
        understood("E-mail;Uwagi\nada@shop.example;1\n", map=[said])
    assert refusal.value.message.startswith(refused)


def test_two_columns_are_not_the_same(understood):
    with pytest.raises(Unreadable, match="Two columns are said to be “Note”"):
        understood("E-mail;A;B\nada@shop.example;1;2\n", map=["A=note", "B=note"])


def test_a_name_that_was_said_makes_the_header_one(take_in):
    """I10: a file whose columns nobody would know can be read all the same."""
    said = ["Kontakt=email", "Drugie=last_name", "Pierwsze=first_name"]
    assert take_in("Kontakt;Drugie;Pierwsze\nada@shop.example;Byron;Ada\n", map=said).counts == (1, 0, 0, 0)


def test_all_sections_say_what_their_columns_are(shop, written):
    """I6, the kind: every import, not that of customers alone."""
    work = opened_for(section_named("groups"), written("Name;Reduction;Discont\nKids;1;2\n"))
    assert work.understood == [("Name", "Name"), ("Reduction", "Discount")]
    text = "Name;Discont\nKids;2\n"
    work = opened_for(section_named("groups"), written(text))
    assert work.notices[1] == ('Column “Discont” may be: Discount. If it is, add: --map "Discont=discount"')
    work = opened_for(section_named("groups"), written(text), map=["Discont=discount"])
    assert work.understood == [("Name", "Name"), ("Discont", "Discount")]


# Our own files (I4)


@pytest.mark.parametrize("reference", ["C-001", "000012", "7"])
def test_a_file_with_an_id_is_not_ours_for_that(take_in, reference):
    """I4: a hand-made file of ID, names and e-mail was; its numbers were refused, shortened or lost."""
    outcome = take_in(f"ID;Last name;First name;E-mail;Sales\n{reference};Byron;Ada;ada@shop.example;500\n")
    assert (outcome.counts, ada().external_id) == ((1, 0, 0, 0), reference)
    assert ada().figures.total_spent == 500
    outcome = take_in(f"ID;E-mail;Sales\n{reference};ada@shop.example;600\n")
    assert (outcome.counts, outcome.remarks) == ((0, 1, 0, 0), [])
    ada().figures.refresh_from_db()
    assert ada().figures.total_spent == 600


def test_our_own_list_of_another_shop_is_not_ours_either(take_in, customer):
    """I4, decision 2: PrestaShop's list has the same titles as ours."""
    other = customer(email="bo@shop.example")
    head = "ID;Gender;Last name;First name;E-mail;Age;Enabled;News.;Opt.;Registration;Last visit"
    take_in(f"{head}\n{other.pk};Male;Byron;Ada;ada@shop.example;30;1;0;0;2020-01-01 10:00:00;\n")
    assert ada().external_id == str(other.pk)


# Where the column names stand (I10)


@pytest.mark.parametrize(
    "above",
    [
        "Our customers\n",
        "Customers;;\n",
        "Customer;;;Contact;;Marketing;\n",
        "Customer list;printed 2024-05-06;;;\nby Sue;;\n\n",
        "one\ntwo\nthree\nfour\n",
    ],
)
def test_column_names_below_a_title_are_found_and_told(take_in, above):
    """I10: exit 2 with a sentence that did not say what to do."""
    line = above.count("\n") + 1
    outcome = take_in(f"{above}E-mail;Last name;First name\nada@shop.example;Byron;Ada\n")
    assert outcome.counts == (1, 0, 0, 0)
    assert outcome.remarks == [f"The column names stand in line {line}; nothing above it is taken in."]


def test_column_names_far_below_are_asked_for(take_in):
    """I10: one sentence what to do."""
    title = "Customers of the year\n" * 7
    with pytest.raises(Unreadable) as refusal:
        take_in(f"{title}E-mail;Last name;First name\nada@shop.example;Byron;Ada\n")
    assert refusal.value.message == "The column names seem to stand in line 8: delete the lines above it."
    with pytest.raises(Unreadable, match="Delete any lines above the column names"):
        take_in("a;b\n1;2\n")


@pytest.mark.parametrize("delimiter", [";", ","])
def test_lines_in_quotation_marks_as_a_whole_are_taken_apart(take_in, delimiter):
    """I10: what a spreadsheet makes of a file that it did not part."""
    rows = [
        "E-mail;Last name;First name;Note",
        'ada@shop.example;Byron;Ada;"Mill; 1"',
        "bo@shop.example;Bo;Bo;",
    ]
    lines = [row.replace(";", delimiter).replace('"', '""') for row in rows]
    outcome = take_in("".join(f'"{line}"\n' for line in lines))
    assert outcome.counts == (2, 0, 0, 0)
    assert ada().note == f"Mill{delimiter} 1"
    assert outcome.remarks == ["Each line stands in quotation marks as a whole; they are left out."]


# The true reason (I11)


def test_a_file_that_lacks_the_address_is_no_file_of_addresses_for_its_street(take_in):
    """I11: “This is a file of addresses” was said of a file without the e-mail column."""
    with pytest.raises(Unreadable, match="These columns are missing: E-mail"):
        take_in("Name,Reference,Tags,Customer,Street,City,Country\nAda,1,,TRUE,Mill Lane,Stow,GB\n")


@pytest.mark.parametrize(
    "head", ["Alias*;Customer e-mail*;Lastname*", "Alias;Address 1;Last name", "_email,street,lastname"]
)
def test_addresses_are_known_by_what_customers_have_not(take_in, head):
    with pytest.raises(Unreadable, match="file of addresses"):
        take_in(f"{head}\n1;2;3\n")


def test_a_column_called_customer_is_told_a_reason_that_is_true(take_in):
    """I11: of TRUE and FALSE it was said that it shows several things at once."""
    outcome = take_in("E-mail;Last name;First name;Customer\nada@shop.example;Byron;Ada;TRUE\n")
    assert outcome.remarks == [
        "Column “Customer” is not used: it may mean anything;"
        " name, e-mail address and group are read from columns of their own."
    ]


# Options are declared once


@pytest.mark.parametrize("slug", ["customers", "groups", "tags", "titles"])
def test_every_option_of_an_import_is_declared_once_for_command_and_page(shop, slug):
    """Each has a label and help for people, and what the command calls it."""
    options = {one.name: one for one in options_of(section_named(slug))}
    assert next(iter(options)) == "key"
    own = {"names", "replace_people"} if slug == "customers" else set()
    of_all = {"map", "dates", "time_zone", "without_bad_cells", "encoding", "delimiter"}
    assert set(options) == {"key", *own, *of_all}
    assert all(str(one.label) and str(one.help) for one in options.values())
    assert options["without_bad_cells"].argument == "--without-bad-cells"
    assert [value for value, _label in options["dates"].choices] == ["day-first", "month-first"]


def test_an_import_takes_what_its_options_declare(shop):
    """Whoever draws them as fields hands them on by their names."""
    said = {one.name: one.default for one in options_of(section_named("customers")) if not one.many}
    work = opened_for(section_named("customers"), FILES / "prestashop_1_7.csv", **said, map=[])
    assert work.understood[3] == ("Email *", "E-mail")
