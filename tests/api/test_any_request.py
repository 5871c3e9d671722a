"""Any request that the description allows, and many that it does not, is answered: never by an error of ours.

The requests are made of the description by schemathesis and asked in-process; the answers have to be as described.
"""

import os
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backoffice.api.root import described
from tests.shop_api import Program

load_all_checks()
# `RANDOM_REQUESTS=1000 pytest tests/api/test_any_request.py` asks each endpoint so often.
EXAMPLES = int(os.environ.get("RANDOM_REQUESTS", "15"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(described())


def asked(case: schemathesis.Case, program: Program) -> Response:
    """What the product answers to a case, by the tests' own client, as the library takes it."""
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    parts = urlsplit(sent.url)
    answer = program.client.generic(
        sent.method,
        f"{parts.path}?{parts.query}",
        sent.body or b"",
        content_type=sent.headers.get("Content-Type", ""),
        headers={**sent.headers, "Accept-Encoding": "", "Authorization": f"Bearer {program.secret}"},
    )
    headers = {name.lower(): [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, headers, answer.content, sent, elapsed=0, verify=False)


@pytest.fixture
def sold(program, product, carrier, customer):
    """A shop in which a request may well meet something."""
    product("CUP", "12.50")
    carrier()
    program.fill("c", "CUP", customer_id=customer().pk)
    program.client.raise_request_exception = False
    return program


@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_described(case, sold):
    """Issue 10, Must show: schemathesis over the API with zero unexpected 5xx."""
    with transaction.atomic():
        case.validate_response(asked(case, sold), checks=CHECKS)
        transaction.set_rollback(True)
