"""The short help page (S0.1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..access.rights import signed_in


@signed_in
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "backoffice/help.html")
