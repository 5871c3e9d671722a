"""The log: lines of JSON with a trace, without people and without what was asked (issue 2)."""

import json
import logging

from django.test import RequestFactory


def test_the_log_holds_no_person():
    """Issue 2: structured logs without personal data."""
    from backoffice.logs import without_people

    entry = without_people(
        None,
        "",
        {
            "event": "request_failed",
            "ip": "192.0.2.1",
            "user_agent": "Mozilla",
            "exception": 'duplicate key\nDETAIL:  Key (lower(email))=(jane.doe@example.com, "Jane") is there.\nend',
            "said": "mail for jane.doe+x@exa-mple.co.uk was refused",
            "status": 500,
        },
    )
    assert json.dumps(entry, sort_keys=True) == json.dumps(
        {
            "event": "request_failed",
            "exception": "duplicate key\n\nend",
            "said": "mail for [e-mail] was refused",
            "status": 500,
        }
    )


def test_a_line_of_the_log_is_json_with_its_trace_and_without_people():
    from backoffice.logs import formatter

    try:
        raise ValueError("row of jane.doe@example.com is broken")
    except ValueError as error:
        record = logging.LogRecord(
            "shop", logging.ERROR, __file__, 1, "failed for %s", ("jane.doe@example.com",), None
        )
        record.exc_info = (type(error), error, error.__traceback__)
    line = formatter(as_json=True).format(record)
    said = json.loads(line)
    assert (said["event"], said["level"], said["logger"]) == ("failed for [e-mail]", "error", "shop")
    assert "ValueError: row of [e-mail] is broken" in said["exception"]
    assert "\n" not in line


def test_the_log_names_the_page_without_what_was_asked_of_it(owner, client_of, caplog):
    """No query string, and no key of a password reset."""
    caplog.set_level("INFO")
    theirs = client_of(owner)
    theirs.get("/activity/?person=1&q=jane.doe@example.com")
    theirs.get("/password/reset/key/1-verysecretkey/")
    theirs.get(f"/staff/{owner.pk}/edit/")
    said = str([record.msg for record in caplog.records])
    assert f"GET /staff/<int:pk>/edit/ pk={owner.pk}" in said
    for secret in ("jane.doe", "verysecretkey", "person=1", "127.0.0.1", owner.email):
        assert secret not in said


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(settings):
    from backoffice.records.actors import ip_of

    request = RequestFactory().get("/", headers={"X-Forwarded-For": "10.9.9.9, 192.0.2.44"})
    assert ip_of(request) == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert ip_of(request) == "192.0.2.44"
    assert ip_of(RequestFactory().get("/", REMOTE_ADDR="")) is None
