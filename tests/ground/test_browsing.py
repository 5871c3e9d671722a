"""The browser fixtures notice what they are there to notice: broken policy, script errors, dialogs, other hosts."""

import pytest

POLICY = "default-src 'none'; style-src 'self'; script-src 'self' 'unsafe-inline'"


def show(page, body, policy=POLICY):
    """Shows a page that the server never sees, with a content security policy."""
    html = f"<!doctype html><html lang=en><title>Probe</title><body><main><h1>Probe</h1>{body}</main>"
    page.route(
        "**/probe/",
        lambda route: route.fulfill(
            body=html, content_type="text/html", headers={"Content-Security-Policy": policy}
        ),
    )
    page.goto("/probe/")
    page.wait_for_timeout(100)


def told(console):
    """What the pages complained about; taken as seen, so that the fixture does not fail this test for it."""
    complaints = console.unforeseen()
    for text in complaints:
        console.foresee(text)
    return complaints


@pytest.mark.smoke
def test_a_quiet_page_has_no_complaints_and_passes_the_accessibility_check(page, console, axe):
    show(page, "<p>All is well</p>")
    assert console.complaints == []
    assert axe(page) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<p style='color: red'>inline style</p>", "Content Security Policy"),
        ("<script>throw new Error('broken')</script>", "script error: broken"),
        ("<script>alert('hello')</script>", "dialog: hello"),
        ("<img alt='' src='https://example.com/pixel.png'>", "Content Security Policy"),
    ],
)
def test_a_page_that_misbehaves_is_told_on(page, console, body, complaint):
    """G1, G3, G5: script or style that should not be there is seen by every browser test."""
    show(page, body)
    assert any(complaint in text for text in told(console))


def test_a_request_to_another_host_is_told_on(page, console):
    page.route("https://example.com/**", lambda route: route.abort())
    show(page, "<img alt='' src='https://example.com/pixel.png'>", "img-src *")
    assert "request to another host: https://example.com/pixel.png" in told(console)


def test_the_accessibility_check_names_what_is_wrong(page, axe):
    """WCAG 2.2 AA: a picture without words."""
    show(page, "<img src='data:,'>", "img-src data:")
    assert any(line.startswith("image-alt: ") for line in axe(page))


def test_a_browser_test_is_marked_by_itself(request, page):
    assert request.node.get_closest_marker("browser")
