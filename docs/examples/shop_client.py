"""A small client of the storefront API: `python shop_client.py http://127.0.0.1:8000 bko_…`."""

import http.client
import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import UTC, datetime


class Refused(Exception):
    """The back office did not do it; `errors` name each a field, a code and the reason."""

    def __init__(self, status, said):
        problem = json.loads(said) if said.startswith(b"{") else {"detail": said.decode(), "errors": []}
        super().__init__(f"{status}: {problem['detail']}", problem["errors"])
        self.errors = problem["errors"]


class BackOffice:
    def __init__(self, address, token, timeout=10):
        self.root, self.token, self.timeout = f"{address}/api/v1", token, timeout

    def send(self, method, path, body):
        """One act. It is sent again until it is answered, under one key: so it happens once."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = uuid.uuid4().hex
        request = urllib.request.Request(self.root + path, json.dumps(body).encode(), headers, method=method)
        for attempt in range(5):
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as refused:
                if refused.code not in (429, 502, 503, 504):
                    raise Refused(refused.code, refused.read()) from None
                time.sleep(min(int(refused.headers.get("Retry-After", 2**attempt)), 60))
            except (OSError, http.client.HTTPException):  # no answer, or half of one
                time.sleep(2**attempt)
        raise TimeoutError(f"{self.root} does not answer")

    def put_cart(self, key, lines, **said):
        """The whole cart as the shop has it now; of two that cross on the way, the newer one wins."""
        body = {"at": datetime.now(UTC).isoformat(), "lines": lines, **said}
        return self.send("PUT", f"/carts/{key}", body)


def main(address, token):
    office, key = BackOffice(address, token), f"client-{uuid.uuid4().hex[:8]}"
    office.send("PUT", "/products/CLIENT-CUP", {"name": "Cup", "price": "12.50", "currency": "EUR"})
    office.send("POST", "/visits/pages", {"visitor": "browser-1", "page": "/cups", "product": "CLIENT-CUP"})
    cart = office.put_cart(key, [{"product": "CLIENT-CUP", "quantity": 2}], visitor="browser-1")
    print(f"cart {cart['key']}: {cart['total']} {cart['currency']}")
    guest = {"first_name": "Gus", "last_name": "Guest", "email": "gus@example.com"}
    print("order", office.send("POST", f"/carts/{key}/order", {"guest": guest})["reference"])


if __name__ == "__main__":
    main(*sys.argv[1:])
