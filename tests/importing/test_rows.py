"""Which customer a row is about, what may change it, and what is refused (decisions 3 to 6, 21, 22, 24, 36)."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password

from backoffice.importing.reading import Unreadable
from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.records.required_fields import require
from customers import services
from customers.importing import importer
from customers.importing.known import Known
from customers.models import Customer
from customers.options import SECTION, CustomerOptions
from customers.sections.customers import CUSTOMERS

ADA = "E-mail;Last name;First name\nada@shop.example;Byron;Ada\n"


def ada() -> Customer:
    return Customer.objects.get(email_key="ada@shop.example")


@pytest.fixture
def options(shop):
    """`options(b2b=True)` sets options of the section."""
    return lambda **chosen: store(CustomerOptions(**chosen), SECTION, by=Actor.command())


# Updating


def test_an_update_never_needs_a_password_and_an_empty_one_changes_none(take_in, customer):
    """D-22: PrestaShop hashed the stored hash again, and nobody could log in."""
    customer(email="ada@shop.example", password="grindstone")
    take_in("E-mail;Password;Last name;First name\nada@shop.example;;King;Ada\n")
    assert (ada().last_name, check_password("grindstone", ada().password)) == ("King", True)


def test_no_password_of_a_file_is_taken_and_that_is_told(take_in):
    """Decision 36, D-23: accounts without a password, to be invited later."""
    outcome = take_in("E-mail;Password;Last name;First name\nada@shop.example;grindstone;Byron;Ada\n")
    assert (outcome.counts, ada().password) == ((1, 0, 0, 0), "")
    assert outcome.remarks == [
        "Column “Password” is not used: passwords are not taken from files; customers choose a new one."
    ]


def test_an_empty_cell_leaves_a_value_alone(take_in, customer, mrs):
    """D-22."""
    customer(
        email="ada@shop.example",
        title=mrs,
        birthday=dt.date(1915, 12, 10),
        company="Engines",
        phone="123",
        note="n",
    )
    head = (
        "E-mail;Title;Last name;First name;Birthday;Company;Phone;Note;Active;Newsletter;Groups;Registration"
    )
    outcome = take_in(f"{head}\nada@shop.example{';' * 11}\n")
    assert outcome.counts == (0, 0, 1, 0)
    assert (ada().title, ada().company, ada().phone, ada().note) == (mrs, "Engines", "123", "n")


def test_a_mass_change_of_groups_needs_the_address_and_the_groups_only(take_in, customer, group):
    """D-22: "cannot mass-change groups by file"."""
    made = customer(email="ada@shop.example")
    village = group("Village")
    outcome = take_in("E-mail;Groups\nADA@shop.example;Village\n")
    assert outcome.counts == (0, 1, 0, 0)
    assert list(ada().groups.all()) == [village]
    assert (ada().default_group, ada().pk) == (village, made.pk)


def test_a_customer_is_found_by_the_address_whatever_its_case(take_in, customer):
    """Decision 4: case makes no second account, and the stored spelling stays."""
    customer(email="Ada@Shop.example")
    take_in("E-mail;First name\naDA@shop.EXAMPLE;Augusta\n")
    assert (Customer.objects.count(), ada().email, ada().first_name) == (1, "Ada@Shop.example", "Augusta")


def test_an_id_of_a_foreign_file_is_never_ours_but_kept(take_in, customer):
    """Decision 21, facts 10.3: PrestaShop's own sample overwrote customers 1 and 2."""
    other = customer(email="other@shop.example", first_name="Other")
    take_in(f"Customer ID;E-mail;Last name;First name\n{other.pk};ada@shop.example;Byron;Ada\n")
    other.refresh_from_db()
    assert (other.first_name, other.email) == ("Other", "other@shop.example")
    assert ada().external_id == str(other.pk)


def test_with_the_id_as_key_everything_can_be_changed_the_address_too(take_in, customer):
    """Interface: --key id."""
    made = customer(email="old@shop.example", first_name="Augusta")
    outcome = take_in(f"ID;E-mail;First name\n{made.pk};ada@shop.example;Ada\n", key="id")
    assert outcome.counts == (0, 1, 0, 0)
    made.refresh_from_db()
    assert (made.email, made.first_name, made.created_email) == (
        "ada@shop.example",
        "Ada",
        "old@shop.example",
    )


def test_an_id_that_nobody_has_is_a_new_customer_and_told(take_in):
    """Facts 10.2: without "force ids" the number of the file is not taken over; here it is kept as reference."""
    outcome = take_in("ID;E-mail;Last name;First name\n999;ada@shop.example;Byron;Ada\n", key="id")
    assert outcome.counts == (1, 0, 0, 0)
    assert outcome.remarks == ["Line 2, column “ID”: nobody here has this ID: a new customer"]
    assert (ada().pk != 999, ada().external_id) == (True, "999")


def test_an_address_of_somebody_else_is_refused_by_name(take_in, customer):
    """D-74: say who holds the address."""
    holder = customer(email="ada@shop.example", first_name="Ada", last_name="Byron")
    other = customer(email="other@shop.example")
    outcome = take_in(f"ID;E-mail\n{other.pk};ADA@shop.example\n", key="id")
    assert [str(fault) for fault in outcome.faults] == [
        f"Line 2, column “E-mail”, “ADA@shop.example”: Ada Byron (ID {holder.pk}) has an account with this"
        " address already."
    ]
    other.refresh_from_db()
    assert other.email == "other@shop.example"


@pytest.mark.parametrize("key", ["email", "id"])
def test_who_was_deleted_and_may_not_register_again_does_not_come_back_by_a_file(take_in, customer, key):
    """Decision 4, facts 2.7: the address stays taken."""
    gone = customer(email="ada@shop.example", first_name="Ada", last_name="Byron")
    services.hide_customer(gone, by=Actor.command())
    text = f"ID;E-mail;Last name;First name\n{gone.pk};ada@shop.example;Byron;Ada\n"
    outcome = take_in(text, key=key)
    assert outcome.counts == (0, 0, 0, 1)
    assert "was deleted" in outcome.reasons[0]
    gone.refresh_from_db()
    assert gone.deleted


def test_one_customer_twice_in_a_file_is_told_with_both_lines(take_in, customer, monkeypatch):
    """Which of the two rows is right cannot be known; across the blocks of a large file too."""
    customer(email="old@shop.example")
    text = (
        "E-mail;Last name;First name\n"
        "ada@shop.example;Byron;Ada\n"
        "old@shop.example;King;Bo\n"
        "ADA@shop.example;King;Ada\n"
        "old@shop.example;Miller;Bo\n"
    )
    for size in (100, 2, 1):
        monkeypatch.setattr(importer, "BLOCK", size)
        outcome = take_in(text, dry_run=True)
        assert outcome.counts == (1, 1, 0, 2)
        assert [(fault.line, fault.reason) for fault in outcome.faults] in (
            [(4, "Line 2 has this address already."), (5, "Line 3 already covers this record.")],
            [(4, "Line 2 already covers this record."), (5, "Line 3 is about this record already.")],
        )


def test_a_refused_row_does_not_stand_in_the_way_of_a_good_one(take_in):
    """Decision 24: good rows go in."""
    text = "E-mail;Last name;First name\nada@shop.example;Byron2;Ada\nada@shop.example;Byron;Ada\n"
    assert take_in(text).counts == (1, 0, 0, 1)


# Guests


def test_guests_may_share_an_address_and_the_row_says_who_is_one(take_in, customer):
    """Decision 4: a guest beside the account of that address."""
    account = customer(email="ada@shop.example", first_name="Account")
    outcome = take_in("E-mail;Last name;First name;Guest\nada@shop.example;Byron;Guest;1\n")
    assert outcome.counts == (1, 0, 0, 0)
    account.refresh_from_db()
    assert account.first_name == "Account"
    assert Customer.objects.get(guest=True).first_name == "Guest"


def test_with_several_guests_of_one_address_the_row_is_refused(take_in, customer):
    """Decision 22."""
    for first_name in ("Ada", "Augusta"):
        customer(email="ada@shop.example", first_name=first_name, guest=True)
    outcome = take_in("E-mail;Last name;First name;Guest\nada@shop.example;Byron;Ada;yes\n")
    assert outcome.reasons == [
        "There are 2 customers with this address; only an ID of our own export says which one is meant."
    ]


def test_where_guests_are_switched_off_a_guest_is_refused(take_in, options):
    """Facts 3.4: otherwise the creation fails."""
    options(guest_accounts=False)
    outcome = take_in("E-mail;Last name;First name;Guest\nada@shop.example;Byron;Ada;1\n")
    assert outcome.places == [(2, "Guest")]
    assert not Customer.objects.exists()


def test_a_file_makes_no_account_of_a_guest(take_in, customer):
    """That is done on the page, where the customer chooses a password."""
    guest = customer(email="ada@shop.example", guest=True)
    assert take_in(f"ID;Guest\n{guest.pk};0\n", key="id").places == [(2, "Guest")]


# Values


def test_all_faults_of_a_file_are_told_at_once_with_line_column_and_reason(take_in):
    """Habit 15, D-24, D-27: and nothing of those rows goes in."""
    outcome = take_in(
        "Id;Mail;Surname;Firstname;Birthday;Active;Titre;Phone\n"
        "1;ada@shop;Byron1;;2999-01-01;perhaps;Captain;1\n"
        "2;bo@shop.example;Bo;<b>;1899-12-31;1;Mr;2\n"
        f"3;cy@shop.example;Cy;www.cy;;0;;{'3' * 33}\n"
    )
    assert [str(fault) for fault in outcome.faults] == [
        "Line 2, column “Mail”, “ada@shop”: Not a valid e-mail address: write it like name@example.com.",
        "Line 2, column “Surname”, “Byron1”: Names can't contain digits.",
        "Line 2, column “Birthday”, “2999-01-01”: A birthday can't be in the future.",
        "Line 2, column “Active”, “perhaps”: Neither yes nor no: write 1 or 0.",
        "Line 2, column “Titre”, “Captain”: There is no such title here; add it under Titles first.",
        "Line 2, column “Firstname”: This is required for a new record.",
        "Line 3, column “Firstname”, “<b>”: Names can't contain these characters: < > { } =",
        "Line 3, column “Birthday”, “1899-12-31”: A birthday can't be before 1900.",
        "Line 4, column “Firstname”, “www.cy”: Names can't contain a web address (www, http).",
        f"Line 4, column “Phone”, “{'3' * 33}”: At most 32 characters, please; this has 33.",
    ]
    assert outcome.counts == (0, 0, 0, 3)
    assert not Customer.objects.exists()


def test_a_doctor_with_a_point_is_a_name_like_any_other(take_in):
    """D-27, decision 3: "Dr.med." stopped a whole import."""
    assert take_in("E-mail;Last name;First name\nada@shop.example;Dr.med. Byron;Ada\n").counts == (1, 0, 0, 0)


def test_a_stored_value_that_breaks_a_rule_may_stay_but_no_other_may_come(take_in, customer):
    """Decision 5: old data never blocks a row."""
    made = customer(email="ada@shop.example")
    Customer.objects.filter(pk=made.pk).update(
        last_name="R2  D2", birthday=dt.date(1850, 1, 1), email="ada@shop"
    )
    head = "ID;E-mail;Last name;First name;Birthday"
    assert take_in(f"{head}\n{made.pk};ada@shop;R2  D2;John;1850-01-01\n", key="id").counts == (0, 0, 1, 0)
    assert take_in(f"{head}\n{made.pk};ada@shop;R2  D2;Ada;1850-01-01\n", key="id").counts == (0, 1, 0, 0)
    outcome = take_in(f"{head}\n{made.pk};ada@shop2;R2 D3;Ada;1850-01-02\n", key="id")
    assert outcome.places == [(2, "E-mail"), (2, "Last name"), (2, "Birthday")]
    made.refresh_from_db()
    assert (made.last_name, made.first_name, made.email) == ("R2  D2", "Ada", "ada@shop")


def test_a_broken_stored_address_is_found_again_by_itself(take_in, customer):
    """Decision 5, by the key e-mail."""
    made = customer(email="ada@shop.example")
    Customer.objects.filter(pk=made.pk).update(email="ada@shop", email_key="ada@shop")
    assert take_in("E-mail;First name\nada@shop;Ada\n").counts == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *[(word, "male") for word in ("1", "Mr", "Mr.", "M.", "Male", "Homme", "Pan", "Dl.", "Bărbat", "m")],
        *[(word, "female") for word in ("2", "Mrs", "Ms.", "Mme", "Female", "Femme", "Pani", "Femeie", "f")],
        *[(word, None) for word in ("0", "9", "Unknown", "Inconnu", "u", "not_specified", "--")],
    ],
)
def test_titles_are_known_by_number_and_by_their_names_in_four_languages(take_in, word, kind):
    """S0.22, S4.5, facts 1.7: PrestaShop's 1, 2 and 0, in 1.4 also 9."""
    take_in(f"E-mail;Social title;Last name;First name\nada@shop.example;{word};Byron;Ada\n")
    assert (ada().title.kind if ada().title else None) == kind


def test_a_title_that_the_shop_has_added_is_known_by_its_name(take_in, title):
    """S4.4."""
    doctor = title("Dr", kind="neutral")
    take_in("E-mail;Title;Last name;First name\nada@shop.example;dr.;Byron;Ada\n")
    assert ada().title == doctor


@pytest.mark.parametrize("field", ["title", "birthday", "newsletter"])
def test_a_field_that_staff_made_required_is_required_of_files_too(take_in, owner, field):
    """D-10, S0.16–S0.18: one rule set for every way in."""
    require(CUSTOMERS, [field], by=Actor.command())
    outcome = take_in(ADA)
    # By the name that people know, in a file that has no such column (V10).
    assert outcome.places == [
        (2, {"title": "Gender", "birthday": "Birthday", "newsletter": "Newsletter"}[field])
    ]
    assert outcome.reasons == [
        "The settings of this shop require this to be on."
        if field == "newsletter"
        else "This field is required here."
    ]
    assert not Customer.objects.exists()


def test_a_required_field_does_not_block_the_update_of_who_never_had_it(take_in, customer):
    """Decision 5, D-13."""
    customer(email="ada@shop.example")
    require(CUSTOMERS, ["title", "birthday"], by=Actor.command())
    assert take_in("E-mail;First name\nada@shop.example;Ada\n").counts == (0, 1, 0, 0)


def test_what_the_options_switch_off_is_not_taken_and_told(take_in, options):
    """Decision 27: the form has no such field then."""
    options(ask_birthday=False, newsletter_offered=False)
    head = "E-mail;Last name;First name;Birthday;Newsletter;SIRET"
    outcome = take_in(f"{head}\nada@shop.example;Byron;Ada;1815-12-10;1;12345\n")
    assert outcome.counts == (1, 0, 0, 0)
    assert (ada().birthday, ada().newsletter, ada().siret) == (None, False, "")
    assert [said for said in outcome.remarks if "the options switch this field off" in said] == [
        f"Column “{name}” is not used: the options switch this field off."
        for name in ("SIRET", "Birthday", "Newsletter")
    ]


def test_a_sales_agent_is_named_or_written_to(take_in, hire):
    """S3.13: by name or address; who has left gets no new customers but keeps the old ones (decision 5)."""
    agent = hire("support", name="Sue Port", email="sue@shop.example")
    head = "E-mail;Last name;First name;Sales agent"
    assert take_in(f"{head}\nada@shop.example;Byron;Ada;sue port\n").counts == (1, 0, 0, 0)
    assert ada().sales_agent == agent
    agent.is_active = False
    agent.save()
    outcome = take_in(f"{head}\nada@shop.example;King;Ada;Sue Port\nbo@shop.example;Bo;Bo;SUE@shop.example\n")
    assert outcome.counts == (0, 1, 0, 1)
    assert outcome.reasons == ["This member of staff has left."]


def test_a_registration_does_not_lie_in_the_future(take_in):
    """A day's grace for other time zones."""
    head = "E-mail;Last name;First name;Registration"
    assert take_in(f"{head}\nada@shop.example;Byron;Ada;2999-01-01\n").places == [(2, "Registration")]
    assert take_in(f"{head}\nada@shop.example;Byron;Ada;0001-01-01\n").places == [(2, "Registration")]
    assert take_in(f"{head}\nada@shop.example;Byron;Ada;9999-12-31\n").places == [(2, "Registration")]


# Whole files


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        (
            "Last name;First name\nByron;Ada\n",
            "email",
            "missing: E-mail. The first line has: “Last name”, “First name”.",
        ),
        ("Birthday;Newsletter\n1815-12-10;1\n", "email", "missing: E-mail, Last name, First name."),
        ("E-mail;Last name\na@b.example;Byron\n", "id", "missing: ID."),
        ("ID;News.;backoffice:customers\n1;1;\n", "email", "--key id finds its customers by their ID."),
        ("Alias*;Customer e-mail*;Lastname*\n", "email", "file of addresses"),
    ],
)
def test_a_file_without_the_columns_it_needs_is_refused_whole(take_in, text, key, said):
    """Facts 10.4: an error before starting, which lists the missing fields."""
    with pytest.raises(Unreadable) as refusal:
        take_in(text, key=key)
    assert said in refusal.value.message


def test_markup_in_a_file_is_text_or_refused_never_markup(take_in):
    """G11: imported text passes the same rules as the form's."""
    head = "E-mail;Last name;First name;Company;Note"
    script = "<script>alert(1)</script>"
    outcome = take_in(
        f"{head}\nada@shop.example;{script};Ada;;\nbo@shop.example;Bo;Bo;{script};\ncy@shop.example;Cy;Cy;;{script}\n"
    )
    assert outcome.places == [(2, "Last name"), (3, "Company")]
    assert Customer.objects.get().note == script


def test_an_account_that_appears_meanwhile_is_seen_at_the_second_try(take_in, customer, monkeypatch):
    """Somebody else took the address between look and write: the block is judged again, nothing is written twice."""
    customer(email="ada@shop.example", first_name="Faster")
    looks = []
    look_up = importer.look_up

    def blind_at_first(*args, **kwargs):
        looks.append(1)
        return Known() if len(looks) == 1 else look_up(*args, **kwargs)

    monkeypatch.setattr(importer, "look_up", blind_at_first)
    text = "E-mail;Last name;First name;Groups\nada@shop.example;Byron;Ada;Village\nbo@shop.example;Bo;Bo;Village\n"
    outcome = take_in(text)
    assert (outcome.counts, len(looks)) == ((1, 1, 0, 0), 2)
    assert ada().first_name == "Ada"
    assert outcome.remarks == ["Group created: “Village”.", "Groups left: “Default” (1)."]


def test_a_web_address_is_judged_as_on_the_page(take_in, options):
    """Decision 27, facts 1.16: what a browser would run is no web address."""
    options(b2b=True)
    outcome = take_in("E-mail;Last name;First name;Website\nada@shop.example;Byron;Ada;javascript:alert(1)\n")
    assert outcome.reasons == ["A web address begins with http:// or https://, or with the name itself."]
    assert not Customer.objects.exists()
