"""Rules of groups as they run: by day, by command, by button, until they are removed."""

import datetime as dt
import io
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from backoffice.models import Job
from backoffice.records.actors import Actor
from backoffice.registries import schedule
from customers import services
from customers.models import CustomerFigures, Membership
from groups.models import Group
from groups.rules.filling import stored
from tests.reading import read

from .ruling import origins, rule

BY = Actor.command()
SPENT = {"row": "0:total_spent", "c0-op": "at_least", "c0-value": "100"}


def test_days_pass_and_the_daily_run_follows(set_rule, customer, wholesale, time_at):
    """“In the last 30 days” ends by itself; the command says what it did, a dry run only what it would do."""
    customer(first_name="Ada", registered_at=dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC))
    set_rule(rule(("registered_at", "last_days", 30)))
    time_at(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC))
    out = io.StringIO()
    call_command("apply_group_rules", "--dry-run", stdout=out)
    assert (out.getvalue(), origins(wholesale)) == ("Wholesale: 1 joined, 0 left, 0 tagged\n", {})
    call_command("apply_group_rules", stdout=io.StringIO())
    assert origins(wholesale) == {"Ada": "rule"}
    time_at(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC))
    out = io.StringIO()
    call_command("apply_group_rules", stdout=out)
    assert (out.getvalue(), origins(wholesale)) == ("Wholesale: 0 joined, 1 left, 0 tagged\n", {})


def test_the_daily_run_is_a_job_with_figures_and_a_way_back(set_rule, customer, client, wholesale):
    """Issue 9, what was left, 2: it was no visible job. A run that moves nobody leaves none behind."""
    customer(first_name="Ada", newsletter=True)
    set_rule(rule(("newsletter", "is", True)))
    assert schedule["customers.group_rules"].function() == "Wholesale: 1 joined, 0 left, 0 tagged"
    job = Job.objects.get()
    assert (job.staff, job.door, job.state, job.total, job.changed) == (None, "command", "done", 1, 1)
    row = Membership.history.filter(group=wholesale.pk).order_by("-history_id").first()
    assert row.history_change_reason == "rule"
    page = read(client.get("/jobs/")).one("ul", "log")
    assert "1 customer moved by the rule of Wholesale." in page.text
    assert "System" in page.text
    assert schedule["customers.group_rules"].function() == "Wholesale: 0 joined, 0 left, 0 tagged"
    assert Job.objects.count() == 1
    client.post(page.one("a", href=f"/jobs/{job.pk}/undo/")["href"])
    assert origins(wholesale) == {}
    assert schedule["customers.group_rules"].function() == "Wholesale: paused"


def test_the_run_is_on_the_schedule_once_a_day():
    assert schedule["customers.group_rules"].every == 24 * 3600


def test_the_button_carries_it_out_and_asks_first_for_many(set_rule, customer, client, wholesale, settings):
    """Decision 42: more than 50 are asked about, and the answer counts for those whom the question named."""
    made = [customer() for _number in range(51)]
    CustomerFigures.objects.filter(customer__in=made).update(orders_count=9)
    set_rule(rule(("orders_count", "at_least", 9)))
    address = f"/groups/{wholesale.pk}/rule/apply/"
    page = read(client.post(address))
    assert page.one("p", id="question").text == "51 would join, 0 would leave"
    seen = page.one("input", name="seen")["value"]
    extra = customer(first_name="Late")
    CustomerFigures.objects.filter(customer=extra).update(orders_count=9)
    page = read(client.post(address, {"seen": seen, "sure": "1"}))
    assert page.one("p", id="question").text == "52 would join, 0 would leave"
    client.post(address, {"seen": page.one("input", name="seen")["value"], "sure": "1"})
    wholesale.refresh_from_db()
    assert wholesale.members_count == 52


@pytest.mark.parametrize(
    ("way", "left"), [("leave", {"Bob": "hand"}), ("stay", {"Ada": "hand", "Bob": "hand", "Cid": "hand"})]
)
def test_a_rule_that_is_removed_leaves_or_keeps_whom_it_put_in(
    set_rule, customer, client, wholesale, default_group, way, left
):
    set_rule(rule(("newsletter", "is", True)))
    customer(first_name="Ada", newsletter=True)
    customer(first_name="Bob", groups=[default_group, wholesale])
    address = f"/groups/{wholesale.pk}/rule/remove/"
    page = client.get(address)
    assert "1 member leaves the group." in read(page).text
    customer(first_name="Cid", newsletter=True)
    page = client.post(address, {"way": way, **dict(page.context["kept"])})
    assert "The members have changed meanwhile. Nothing has been done yet." in read(page).text
    client.post(address, {"way": way, **dict(page.context["kept"])})
    wholesale.refresh_from_db()
    assert (wholesale.rule, origins(wholesale)) == (None, left)
    assert client.get(address).status_code == 404


def test_a_version_of_thousands_of_digits_is_none(posted):
    assert posted(version="9" * 5000, **SPENT).status_code == 302


def test_the_page_of_the_group_tells_its_rule_in_words(set_rule, client, wholesale, tag):
    vip = tag("VIP")
    set_rule(
        rule(
            ("total_spent", "at_least", "1000"),
            ("registered_at", "last_days", 30),
            ("country", "any_of", ["FR", "BE"]),
            match="any",
            tags=(vip.pk,),
        )
    )
    panel = read(client.get(f"/groups/{wholesale.pk}/")).one("section", "panel", id="rule")
    assert [one.text for one in panel.one("ul", "bullets").all("li")] == [
        "Sales of at least €1,000.00",
        "Registered in the last 30 days",
        "Country: one of Belgium, France",
    ]
    assert "At least one of these: " in panel.text
    assert "They get the tag VIP." in panel.text


def test_a_stored_rule_that_is_no_rule_is_told_and_does_nothing(client, wholesale, customer):
    """What a command or a migration may have left there."""
    Group.objects.filter(pk=wholesale.pk).update(rule={"sql": "1=1"})
    customer(first_name="Ada", newsletter=True)
    call_command("apply_group_rules", verbosity=0)
    assert origins(wholesale) == {}
    said = read(client.get(f"/groups/{wholesale.pk}/")).one("section", "panel", id="rule").text
    assert "This rule can't be understood; set it up again." in said
    assert "This rule can't be understood" in read(client.get(f"/groups/{wholesale.pk}/rule/")).text


def test_somebody_else_who_saved_the_group_meanwhile_is_not_overwritten(posted, customer, wholesale):
    customer(spent="150")
    version = wholesale.version
    services.save_rule(wholesale, rule(("newsletter", "is", True)), by=BY)
    page = read(posted(version=str(version), **SPENT))
    assert "Somebody else has saved this group meanwhile." in page.text
    wholesale.refresh_from_db()
    assert wholesale.rule == stored(rule(("newsletter", "is", True)))


def test_each_page_of_a_rule_leads_back_to_the_list_one_came_from(set_rule, client, wholesale, customer):
    """U11: setting it up, applying it and removing it led to the list as nobody had left it."""
    there = f"/groups/{wholesale.pk}/?{urlencode({'back': '/groups/?sort=-name'})}"
    page = read(client.get(there)).one("section", "panel", id="rule")
    assert (
        read(client.get(page.one("a", "btn")["href"])).one("input", name="back")["value"]
        == "/groups/?sort=-name"
    )
    customer(newsletter=True)
    set_rule(rule(("newsletter", "is", True)))
    page = read(client.get(there)).one("section", "panel", id="rule")
    back = page.one("input", name="back")["value"]
    assert client.post(page.one("form")["action"], {"back": back}).url == there
    remove = next(one["href"] for one in page.all("a", "btn") if "/remove/" in one["href"])
    kept = dict(client.get(remove).context["kept"])
    assert client.post(remove.partition("?")[0], {"way": "stay", **kept}).url == there
