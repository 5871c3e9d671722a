"""Tasks for customers: written, listed, done, given to colleagues (S3.35, S3.36)."""

import datetime as dt

import pytest

from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.staff import services as staff_services
from customers import services
from customers.models import Customer, Task
from tests.reading import List, faults, history, read

TODAY = dt.date(2026, 3, 10)
NOON = dt.datetime(2026, 3, 10, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def noon(time_at) -> None:
    """It is noon of 10 March 2026."""
    time_at(NOON)


@pytest.fixture
def listed(client):
    """`listed("status=open")` gives the list of tasks as the owner sees it."""
    return lambda query="": List(client.get(f"/tasks/?{query}"))


@pytest.fixture
def act(client):
    """`act("done", tasks)` posts a bulk action of the list."""
    return lambda name, tasks, **data: client.post(
        f"/tasks/actions/{name}/", {"selected": [one.pk for one in tasks], **data}
    )


def titles(page: List) -> list[str]:
    return [page.cells(place)[0] for place in range(len(page.lines))]


def test_the_list_says_what_is_to_be_done_by_when_for_whom_and_by_whom(noon, listed, task, customer, support):
    """S3.35, S3.36."""
    john = customer(first_name="John", last_name="DOE")
    task("Call back", customer=john, kind="call", due_on=TODAY, due_time=dt.time(14, 30), assignee=support)
    page = listed()
    assert page.titles == ["Task", "Due date", "Customer", "Kind", "Assigned to", "Done"]
    assert page.cells() == ["Call back", "10 Mar 2026 14:30 Today", "John DOE", "Call", support.name, "✕"]
    assert page.lines[0].one("td", "c-customer").one("a")["href"] == f"/customers/{john.pk}/"


def test_what_is_overdue_says_so_and_what_is_done_or_to_come_does_not(noon, listed, task):
    yesterday, tomorrow = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
    task("Late", due_on=yesterday)
    task("Done in time", due_on=yesterday, done=True)
    task("To come", due_on=tomorrow)
    task("Some day")
    page = listed("sort=due_on")
    assert [page.cells(place)[:2] for place in range(4)] == [
        ["Late", "9 Mar 2026 Overdue"],
        ["Done in time", "9 Mar 2026"],
        ["To come", "11 Mar 2026"],
        ["Some day", "not known"],
    ]
    assert page.lines[0].one("span", "badge-bad").text == "Overdue"
    assert titles(listed("sort=-due_on")) == ["To come", "Done in time", "Late", "Some day"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=open", {"Late", "Today", "Some day"}),
        ("status=overdue", {"Late"}),
        ("status=done", {"Done"}),
        ("due_on_before=2026-03-10", {"Late", "Today", "Done"}),
        ("due_on_after=2026-03-10", {"Today"}),
        ("kind=call", {"Late"}),
        ("assignee=none", {"Late", "Today", "Some day"}),
        ("customer=doe", {"Late", "Today"}),
        ("customer=john@shop.example", {"Late", "Today"}),
        ("customer=DÖE", {"Late", "Today"}),
        ("customer=nobody", set()),
    ],
)
def test_filters_of_tasks(noon, listed, task, customer, support, query, found):
    """S3.35: by customer, kind, colleague, day and status."""
    john = customer(first_name="John", last_name="DOE", email="john@shop.example")
    task("Late", customer=john, due_on=TODAY - dt.timedelta(days=1), kind="call")
    task("Today", customer=john, due_on=TODAY)
    task("Some day", customer=customer(last_name="Byron"))
    task(
        "Done",
        customer=customer(last_name="Byron"),
        due_on=TODAY - dt.timedelta(days=3),
        assignee=support,
        done=True,
    )
    assert set(titles(listed(query))) == found


def test_the_filter_by_number_says_the_customers_name(listed, task, customer):
    john = customer(first_name="John", last_name="DOE")
    task("Call back", customer=john)
    task("Somebody else's")
    page = listed(f"customer={john.pk}")
    assert titles(page) == ["Call back"]
    assert list(page.chips) == [f"Customer: John DOE (ID: {john.pk})"]


def test_the_tabs_lead_to_my_tasks_all_open_all_and_the_calendar(client, owner, task, support):
    """S3.36: "my tasks"."""
    task("Mine", assignee=owner)
    task("Mine and done", assignee=owner, done=True)
    task("Another's", assignee=support)
    links = {one.text: one["href"] for one in read(client.get("/tasks/")).one("nav", "tabs").all("a")}
    assert links == {
        "My tasks": f"/tasks/?assignee={owner.pk}&status=open&sort=due_on",
        "All open": "/tasks/?status=open&sort=due_on",
        "All tasks": "/tasks/",
        "Calendar": "/tasks/calendar/",
    }
    mine = read(client.get(links["My tasks"]))
    assert titles(List(mine)) == ["Mine"]
    assert [one.text for one in mine.one("nav", "tabs").all("a", aria_current="page")] == ["My tasks"]


def test_presets_of_the_due_date_look_ahead(noon, client, task):
    task("Call back", due_on=TODAY)
    menu = List(client.get("/tasks/")).table.one("details", "range")
    assert {one.text: one["href"] for one in menu.all("a")} == {
        "Until today": "/tasks/?due_on_before=2026-03-10",
        "Today": "/tasks/?due_on_after=2026-03-10&due_on_before=2026-03-10",
        "Next 7 days": "/tasks/?due_on_after=2026-03-10&due_on_before=2026-03-16",
        "This month": "/tasks/?due_on_after=2026-03-01&due_on_before=2026-03-31",
        "Not known": "/tasks/?due_on_is=none",
        "Known": "/tasks/?due_on_is=known",
    }


def test_a_task_is_written_and_is_ones_own_at_first(client, owner, customer, typed, counted_right):
    """S3.35; the page says whom it is for."""
    john = customer(first_name="John", last_name="DOE")
    data = typed(f"/tasks/add/?customer={john.pk}&due_on=2026-03-12", title="Call  back ", customer=john.pk)
    answer = client.post("/tasks/add/", data)
    made = Task.objects.get()
    assert answer["Location"] == f"/tasks/{made.pk}/"
    assert (made.title, made.customer, made.due_on) == ("Call back", john, dt.date(2026, 3, 12))
    assert (made.assignee, made.done_at, made.kind) == (owner, None, "other")
    assert [one.history_user for one in made.history.all()] == [owner]
    page = read(client.get(answer["Location"]))
    assert page.one("dl", "facts").one("a")["href"] == f"/customers/{john.pk}/"
    counted_right()


def test_an_hour_without_a_day_is_told_at_the_day(client, customer, typed):
    data = typed("/tasks/add/", title="Call", customer=customer().pk, due_time="14:30")
    answer = client.post("/tasks/add/", data)
    assert faults(answer) == {"due_on": ["A time needs a day."]}
    data["due_time"] = "half past two"
    assert faults(client.post("/tasks/add/", data)) == {"due_time": ["Write the time like 14:30."]}


def test_a_task_is_done_and_opened_again_at_a_click(client, owner, task):
    """The switch of its row; JSON for the page's script, with the way back."""
    made = task("Call back")
    url = f"/tasks/{made.pk}/toggle/done/"
    said = client.post(url, {"value": "true"}, headers={"accept": "application/json"}).json()
    assert said["message"] == "“Call back” is done."
    assert said["undo"] == {"url": url, "value": "false"}
    made.refresh_from_db()
    assert made.done
    answer = client.post(url, {"value": "false", "next": "/customers/1/"})
    assert answer["Location"] == "/customers/1/"
    made.refresh_from_db()
    assert not made.done
    changes = history(client.get(f"/tasks/{made.pk}/history/"))
    assert [list(one.fields) for one in changes] == [["Done"], ["Done"], []]


def test_the_way_back_from_a_switch_never_leaves_the_shop(client, task):
    answer = client.post(
        f"/tasks/{task().pk}/toggle/done/", {"value": "true", "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/tasks/"


def test_the_page_of_a_task_has_a_button_that_sets_and_never_flips(client, viewer, client_of, task):
    made = task("Call back")
    button = read(client.get(f"/tasks/{made.pk}/")).one("button", "btn-primary")
    assert (button.text, button["name"], button["value"]) == ("Mark as done", "value", "true")
    services.switch_done(made, "done", True, by=Actor.command())
    assert read(client.get(f"/tasks/{made.pk}/")).one("button", "btn-primary").text == "Reopen"
    assert not read(client_of(viewer).get(f"/tasks/{made.pk}/")).all("button", "btn-primary")


def test_many_are_done_at_once_and_taken_back(client, act, task, counted_right):
    """S1.9: of two that were ticked, one was done already and stays so."""
    already, other = task("Already", done=True), task("Other")
    answer = act("done", [already, other])
    toast = read(client.get(answer["Location"])).all("div", "toast")[-1]
    assert toast.one("p").text == "1 task is done. 1 unchanged."
    client.post(toast.one("form")["action"])
    assert [one.done for one in Task.objects.order_by("title")] == [True, False]
    counted_right()


def test_many_are_given_to_a_colleague_and_back_to_whom_each_was_of(
    client, act, task, owner, support, marketing
):
    """Decision 42: undo restores what the act changed, each to its own."""
    tasks = [task("One", assignee=owner), task("Two"), task("Three", assignee=marketing)]
    answer = act("assign", tasks, choice_assign=str(support.pk))
    assert {one.assignee for one in Task.objects.all()} == {support}
    toast = read(client.get(answer["Location"])).all("div", "toast")[-1]
    assert toast.one("p").text == f"3 tasks assigned: {support.name}."
    client.post(toast.one("form")["action"])
    assert {one.title: one.assignee for one in Task.objects.all()} == {
        "One": owner,
        "Two": None,
        "Three": marketing,
    }


def test_undo_of_assigning_leaves_who_was_given_it_since(client, act, task, support, marketing):
    """Decision 42."""
    made = task("One")
    answer = act("assign", [made], choice_assign=str(support.pk))
    services.save_task(made, {"assignee": marketing}, by=Actor.command())
    toast = read(client.get(answer["Location"])).all("div", "toast")[-1]
    client.post(toast.one("form")["action"])
    made.refresh_from_db()
    assert made.assignee == marketing


def test_undo_of_assigning_works_when_the_colleague_has_left_meanwhile(client, act, task, support, owner):
    """Decision 42: what is given back does not ask whether they still work here."""
    made = task("One", assignee=owner)
    answer = act("assign", [made], choice_assign=str(support.pk))
    toast = read(client.get(answer["Location"])).all("div", "toast")[-1]
    staff_services.disable(support, by=Actor.command())
    client.post(toast.one("form")["action"])
    made.refresh_from_db()
    assert made.assignee == owner


def test_who_left_keeps_a_task_until_somebody_chooses_another(client, typed, task, hire):
    """Decision 5, as with a customer's agent: editing something else takes nothing away."""
    gone = hire("support", email="gone@example.com")
    made = task("One", assignee=gone)
    staff_services.disable(gone, by=Actor.command())
    address = f"/tasks/{made.pk}/edit/"
    client.post(address, typed(address, title="Two"))
    made.refresh_from_db()
    assert (made.title, made.assignee) == ("Two", gone)


def test_nobody_who_left_is_given_a_task(act, client, task, hire):
    gone = hire("support", email="gone@example.com", is_active=False)
    made = task("One")
    answer = act("assign", [made], choice_assign=str(gone.pk))
    assert "Choose one of the list" in client.get(answer["Location"]).content.decode()
    made.refresh_from_db()
    assert made.assignee is None


# Hidden customers (decision 43)


def test_tasks_of_a_hidden_customer_wait_with_them(client, owner, task, customer, counted_right):
    """Decision 43: neither listed nor counted, nor to be opened or done, until the customer is brought back."""
    peter, wendy = customer(), customer()
    waiting, other = task("Peter's", customer=peter, assignee=owner), task("Wendy's", customer=wendy)
    services.hide_customer(peter, by=Actor.command())
    counted_right()
    assert titles(List(client.get("/tasks/"))) == ["Wendy's"]
    assert List(client.get("/tasks/")).paging == "Page 1 / 1 | Display 50 / 1 result"
    assert client.get(f"/tasks/{waiting.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        services.switch_done(waiting, "done", True, by=Actor.command())
    with pytest.raises(NotAllowed):
        services.save_task(other, {"customer": peter}, by=Actor.command())
    assert services.mark_done(Task.objects.all(), by=Actor.command()) == [other.pk]
    services.bring_back(Customer.objects.get(pk=peter.pk), by=Actor.command())
    assert set(titles(List(client.get("/tasks/")))) == {"Peter's", "Wendy's"}
    counted_right()


def test_a_customer_deleted_for_good_takes_their_tasks_along(task, customer, counted_right):
    """Facts 2.7."""
    peter = customer()
    task("One", customer=peter)
    task("Two")
    services.remove_customer(peter, by=Actor.command())
    assert Counter.of("customers.task").value == 1
    services.hide_customer(Customer.objects.get(), by=Actor.command())
    services.remove_customers(Customer.objects.all(), by=Actor.command())
    assert Counter.of("customers.task").value == 0
    counted_right()


# The customer's page


def test_the_customers_page_has_their_tasks_and_a_way_to_add_one(client, client_of, viewer, task, customer):
    """S3.35: see or add tasks to fulfil for the customer."""
    john = customer()
    task("Call back", customer=john, due_on=TODAY)
    task("Somebody else's")
    page = read(client.get(f"/customers/{john.pk}/"))
    panel = page.one("section", "panel", id="tasks")
    assert panel.one("h2").text == "Tasks (1)"
    assert [one.text for one in panel.one("tbody").all("th")] == ["Call back"]
    assert panel.one("div", "panel-body").all("a")[-1]["href"] == f"/tasks/?customer={john.pk}&sort=-due_on"
    add = panel.one("span", "panel-tools").one("a")
    assert (add["href"], add["aria-label"]) == (f"/tasks/add/?customer={john.pk}", "Add a task")
    form = panel.one("form")
    assert form.one("button", "switch")["aria-label"] == "Done, Call back"
    assert form.one("input", name="next")["value"] == f"/customers/{john.pk}/"
    seen = read(client_of(viewer).get(f"/customers/{john.pk}/")).one("section", "panel", id="tasks")
    assert not seen.all("span", "panel-tools")
    assert not seen.all("button", "switch")


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        ("0001-01-01", False),
        ("1999-12-31", False),
        ("2000-01-01", True),
        ("2076-03-09", True),
        ("2076-03-11", False),
        ("9999-12-31", False),
    ],
)
def test_a_task_is_due_on_a_day_that_somebody_can_mean(noon, client, customer, typed, day, is_taken):
    """Trial of the customer's file: one was due on 1 January 0001."""
    john = customer(first_name="John", last_name="DOE")
    data = typed("/tasks/add/", title="Call back", customer=john.pk, due_on=day)
    answer = client.post("/tasks/add/", data)
    assert Task.objects.exists() is is_taken
    if not is_taken:
        assert "Choose a day between 1 Jan 2000 and 10 Mar 2076." in read(answer).text


def test_the_menu_leads_to_what_is_to_be_done_overdue_first(noon, client, task):
    """Trial of the customer's file: it opened on all tasks, the latest due first."""
    task("To come", due_on=TODAY + dt.timedelta(days=9))
    task("Done", due_on=TODAY, done=True)
    task("Late", due_on=TODAY - dt.timedelta(days=1))
    task("Some day")
    rail = read(client.get("/customers/")).one("nav", "rail")
    links = {link.text: link["href"] for link in rail.all("a", "rail-link")}
    assert links["Tasks"] == "/tasks/?status=open&sort=due_on"
    page = client.get(links["Tasks"])
    assert titles(List(page)) == ["Late", "To come", "Some day"]
    assert [one.text for one in read(page).one("nav", "tabs").all("a", aria_current="page")] == ["All open"]
