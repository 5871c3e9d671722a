"""The container files, as far as they can be read: what the services may do, and which secrets each gets (S18)."""

import re
import subprocess
from pathlib import Path

import psycopg
import pytest
import yaml
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
PROXY = (ROOT / "deploy" / "proxy.conf.template").read_text()


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_may_more_than_it_needs(name):
    """S18."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["pids_limit"] > 0
    assert "env_file" not in service  # every secret of `.env` would stand in every service
    assert ("cap_add" in service) is (name == "database")


def test_web_server_and_worker_own_nothing_and_know_no_other_password():
    """S18: they sign in as the application's role; only what prepares the release is the owner."""
    for name in ("web", "worker"):
        said = SERVICES[name]["environment"]
        assert said["DATABASE_URL"].startswith("postgres://backoffice:${APPLICATION_PASSWORD")
        assert not {"OWNER_PASSWORD", "POSTGRES_PASSWORD"} & said.keys()
    assert SERVICES["prepare"]["environment"]["DATABASE_URL"].startswith(
        "postgres://backoffice_owner:${OWNER_PASSWORD"
    )
    assert "database_role backoffice" in SERVICES["prepare"]["command"]
    assert SERVICES["database"]["environment"]["POSTGRES_USER"] == "postgres"


def test_every_setting_reaches_the_containers():
    """Without env_file each is named; those of the demo and of developers are not."""
    asked = set(
        re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "backoffice" / "settings.py").read_text())
    )
    assert asked - {"DEMO", "DEBUG", "STATIC_ROOT"} == SERVICES["web"]["environment"].keys() - {"PORT"}


def test_only_the_proxy_is_reached_from_outside_and_speaks_https():
    """S2: "put TLS in front of it" said nothing of what it must do."""
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert "listen 8443 ssl;" in PROXY
    assert "return 301 https://" in PROXY


@pytest.mark.parametrize(
    "line",
    [
        *("access_log off;", "error_log stderr emerg;"),
        *("proxy_buffering on;", "proxy_request_buffering on;", "client_max_body_size 6m;"),
        *("client_header_timeout 10s;", "client_body_timeout 10s;"),
        *("proxy_set_header X-Forwarded-For $remote_addr;", "proxy_set_header X-Forwarded-Proto $scheme;"),
    ],
)
def test_the_proxy_buffers_limits_and_logs_nobody(line):
    """S1, S2, S5, S23."""
    assert line in [one.strip() for one in PROXY.splitlines()]


def test_the_log_of_the_database_quotes_no_statement():
    """S1: a statement that failed stands there with the names and addresses in it, unless it is told not to."""
    for setting in ("log_min_error_statement=panic", "log_error_verbosity=terse"):
        assert f"-c {setting}" in SERVICES["database"]["command"]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_the_roles_are_made_as_the_image_makes_them(tmp_path):
    """S18: the owner can make tables and give rights; the application can sign in and own nothing."""
    text = (ROOT / "deploy" / "roles.sh").read_text()
    statements = text.partition("<<'SQL'\n")[2].partition("SQL\n")[0]
    for name in ("backoffice_owner", "backoffice"):
        statements = re.sub(rf"\b{name}\b", f"test_{name}", statements)
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], user="postgres", dbname="postgres", autocommit=True
    ) as server:
        try:
            for statement in filter(str.strip, statements.split(";")):
                server.execute(re.sub(r":'(owner_)?password'", "'x'", statement))
            with psycopg.connect(
                host=settings["HOST"], user="test_backoffice_owner", dbname="test_backoffice"
            ) as owner:
                owner.execute("CREATE TABLE mine (id int)")
                owner.execute("CREATE EXTENSION pg_trgm")
                owner.execute("GRANT SELECT ON mine TO test_backoffice")
                owner.execute("ALTER ROLE test_backoffice SET statement_timeout = '15s'")
            with psycopg.connect(
                host=settings["HOST"], user="test_backoffice", dbname="test_backoffice", autocommit=True
            ) as theirs:
                assert theirs.execute("SELECT count(*) FROM mine").fetchone() == (0,)
                for refused in ("DELETE FROM mine", "CREATE TABLE theirs (id int)", "DROP TABLE mine"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        theirs.execute(refused)
        finally:
            server.execute("DROP DATABASE IF EXISTS test_backoffice")
            for role in ("test_backoffice", "test_backoffice_owner"):
                server.execute(f"DROP ROLE IF EXISTS {role}")


def test_the_script_of_the_roles_is_one_that_a_shell_can_read():
    """S18."""
    assert subprocess.run(["sh", "-n", ROOT / "deploy" / "roles.sh"], check=False).returncode == 0
