"""The API's root: what the apps declare, put together, with its description (`/api/v1/openapi.json`)."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.module_loading import autodiscover_modules
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError, ValidationErrorContext

from ..access.rights import BY_TOKEN
from ..screen.problems import MEDIA_TYPE
from . import batch
from .door import BearerToken, bearer_of, through_the_door, unauthorized
from .reading import StrictJson
from .refusals import register_refusals
from .sentences import NULL

VERSION = "v1"
ROOT = f"api/{VERSION}/"
ABOUT = (
    "What a shop's own pages and programs tell the back office, and ask it. Amounts are texts with two decimals in the "
    "currency that stands beside them, tax included; moments bear their zone. A refusal names field and reason."
)
_routers: list[Router] = []


def offer(*routers: Router) -> None:
    """An app adds its endpoints; called by its `api` module."""
    _routers.extend(routers)


class _Api(NinjaAPI):
    """Null where something else has to stand is told as null, whatever that something is."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext]
    ) -> ValidationError:
        fault = super().validation_error_from_error_contexts(error_contexts)
        # What was given is not in there any more.
        found = [one for context in error_contexts for one in context.pydantic_validation_error.errors()]
        for told, one in zip(fault.errors, found, strict=True):
            if one["input"] is None and one["type"] not in ("missing", "extra_forbidden"):
                told["type"] = NULL
        return fault


@cache
def the_api() -> NinjaAPI:
    """The whole API, with the endpoints of all apps."""
    autodiscover_modules("api")
    api = _Api(
        title=f"{settings.SHOP_NAME}: storefront API",
        version=VERSION,
        description=ABOUT,
        auth=BearerToken(),
        urls_namespace="api",
        parser=StrictJson(),
        openapi_url=None,
        docs_url=None,
    )
    register_refusals(api)
    for router in (*_routers, batch.router):
        api.add_router("", router)
    return api


def urls_of_api() -> list[URLPattern]:
    """Its addresses: the description, then every endpoint behind the door."""
    patterns, app_name, namespace = the_api().urls
    for pattern in patterns:
        pattern.callback = through_the_door(pattern.callback)
    # The library asks its own root for where it lies, and answers nothing there.
    return [
        path(f"{ROOT}openapi.json", description, name="api_description"),
        path(ROOT, (patterns, app_name, namespace)),
    ]


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The description of the API as OpenAPI 3.1, for whoever shows a token, and for staff."""
    if not request.user.is_authenticated and bearer_of(request) is None:
        return unauthorized()
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False})


description.rule = BY_TOKEN  # type: ignore[attr-defined]
description.csrf_exempt = True  # type: ignore[attr-defined]  # it only reads: whoever posts is told so, not of cookies


@cache
def described() -> dict[str, Any]:
    """The description; refusals have the media type of RFC 9457."""
    schema = dict(the_api().get_openapi_schema(path_prefix=ROOT))
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
    return schema
