"""The product's settings where it is really used (issue 2, deliverable 2)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments, **environment):
    """manage.py as on a server: nothing of this environment but the path."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DEMO": "false", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_djangos_own_check_for_production_finds_nothing(tmp_path):
    found = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY="a key as long and mixed as those that a real installation has: 0123456789 abcdefgh",
        ALLOWED_HOSTS="shop.example.com",
        TRUSTED_ORIGINS="https://shop.example.com",
        DATABASE_URL=f"sqlite:///{tmp_path}/shop.sqlite3",
    )
    assert (found.returncode, found.stdout) == (0, "System check identified no issues (1 silenced).\n"), (
        found.stderr
    )


def test_passwords_are_hashed_by_argon2(tmp_path):
    """Deliverable 2; the tests themselves run with a quicker hash."""
    asked = "from django.contrib.auth.hashers import make_password; print(make_password('a password'))"
    hashed = manage(
        "shell",
        "--no-imports",
        "-c",
        asked,
        SECRET_KEY="x",
        DATABASE_URL=f"sqlite:///{tmp_path}/shop.sqlite3",
    )
    assert hashed.stdout.startswith("argon2$argon2id$"), hashed.stderr


@pytest.mark.parametrize("file", [".gitignore", ".dockerignore"])
def test_secrets_written_beside_the_compose_file_stay_there(file):
    """`.env` holds the key and the database's password: neither the repository nor an image takes it in (G12)."""
    assert ".env" in (ROOT / file).read_text().splitlines()


def test_every_page_carries_the_headers_that_protect_it(client, owner):
    """G1, G5: no inline script or style, no foreign content, no frame, no sniffing."""
    client.force_login(owner)
    page = client.get("/")
    policy = dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in page["Permissions-Policy"]
