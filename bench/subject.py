"""One shop under measurement: a process that asks itself for pages and says what each cost.

It reads one JSON request a line, {"path", "count"?}, and answers one JSON line. `measure` starts one a database, so
that sizes can be asked in turn.
"""

import gzip
import io
import json
import os
import re
import sys
from http import HTTPStatus
from pathlib import Path

import django
from django.conf import settings
from django.db import connection


def main() -> None:
    """Say hello with what the list offers, then answer until the input ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from .clock import BackendClock, timed

    answers = sys.stdout
    sys.stdout = sys.stderr
    application = Application()
    application.ask("/customers/")
    pid = None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
    clock = BackendClock(pid)
    print(json.dumps(_hello()), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if asked.get("count"):
            answer = application.count(asked["path"])
        else:
            cost = timed(lambda path=asked["path"]: application.ask(path), clock)
            answer = {"wall": cost.wall, "app": cost.app, "database": cost.database}
        print(json.dumps(answer), file=answers, flush=True)


def _hello() -> dict:
    from customers.models import Customer
    from customers.sections.customers import CUSTOMERS

    one = Customer.objects.filter(deleted=False).order_by("-id").values_list("email", flat=True)[100]
    return {
        "vendor": connection.vendor,
        "database": f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}",
        "customers": Customer.objects.count(),
        "sorts": [name for name, column in CUSTOMERS.table.columns.items() if column.sorts],
        "email": one,
    }


class Application:
    """The product, as a web server would call it, with a signed-in owner who shows twelve columns."""

    COLUMNS = (
        *("id", "title", "last_name", "first_name", "email", "default_group", "total_spent"),
        *("active", "newsletter", "partner_offers", "registered_at", "last_visit_at"),
    )
    EMAIL = "bench@example.com"

    def __init__(self):
        from django.core.wsgi import get_wsgi_application

        self.wsgi = get_wsgi_application()
        self.cookies = self._sign_in()
        self.body = b""

    def _sign_in(self) -> str:
        from django.test import Client

        from backoffice.access.roles import Role
        from backoffice.models import ColumnChoice
        from backoffice.staff.models import StaffMember

        person = StaffMember.objects.filter(email=self.EMAIL).first()
        if person is None:
            person = StaffMember.objects.create_user(self.EMAIL, name="Bench", role=Role.OWNER)
        choice = {"staff": person, "section": "customers", "defaults": {"columns": self.COLUMNS}}
        ColumnChoice.objects.update_or_create(**choice)
        client = Client()
        client.force_login(person)
        client.get("/customers/")
        return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def ask(self, path: str) -> None:
        """Fetch a page, its body compressed as over the wire; RuntimeError for anything but 200."""
        place, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": place,
            "QUERY_STRING": query,
            "SERVER_NAME": settings.ALLOWED_HOSTS[0],
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": settings.ALLOWED_HOSTS[0],
            "HTTP_ACCEPT_ENCODING": "gzip, br",
            "HTTP_COOKIE": self.cookies,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        status = []
        response = self.wsgi(environ, lambda line, headers: status.append(line))
        self.body = b"".join(response)
        response.close()
        if not status[0].startswith(str(HTTPStatus.OK.value)):
            raise RuntimeError(f"{path}: {status[0]}")

    def count(self, path: str) -> dict:
        """The statements of a page, the second time, beside those for session and user; its size on the wire and as it
        is; its rows. The first request of a process also reads the small tables that are kept in memory."""
        self.ask(path)
        statements = []

        def note(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            self.ask(path)
        signed_in = re.compile(r'FROM "(django_session|staff_staffmember)"')
        text = gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body
        return {
            "queries": sum(not signed_in.search(sql) for sql in statements),
            "statements": statements,
            "compressed": len(self.body),
            "files": _files(text.decode()),
            "plain": len(text),
            "rows": text.count(b"<tr") - text.partition(b"<tbody")[0].count(b"<tr"),
        }


def _files(page: str) -> list[int]:
    """The sizes on the wire of the files that a browser fetches for this page the first time."""
    root = Path(settings.STATIC_ROOT)
    names = sorted(set(re.findall(rf"{settings.STATIC_URL}([^\"'#]+)", page)))
    packed = (
        next((file for end in (".br", ".gz", "") if (file := root / f"{name}{end}").is_file()), None)
        for name in names
    )
    return [file.stat().st_size for file in packed if file]


if __name__ == "__main__":
    main()
