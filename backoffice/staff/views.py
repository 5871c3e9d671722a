"""Pages about the people who work here, and each one's own page."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordResetFromKeyView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..access.rights import needs, open_to_all, signed_in
from ..access.roles import Role
from ..records.errors import NotAllowed
from . import services
from .forms import InviteForm, ProfileForm, StaffForm
from .invitations import password_path, send_invitation
from .models import StaffMember, Theme
from .names import as_read
from .role_words import told

FORM = ["GET", "HEAD", "POST"]
manages_staff = needs("staff.manage_staffmember")
# Whoever gives or takes access shows again that it is them: an unlocked screen is not enough (S16).
sure = reauthentication_required(allow_get=True)


@needs("staff.view_staffmember")
@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    has_second_factor = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    people = StaffMember.objects.annotate(has_second_factor=has_second_factor)
    context = {"people": sorted(people, key=lambda one: (not one.is_active, *as_read(one)))}
    return render(request, "staff/list.html", context)


@manages_staff
@require_http_methods(FORM)
@sure
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            person = services.invite(
                chosen["email"],
                chosen["name"],
                Role(chosen["role"]),
                language=chosen["language"],
                by=request.actor,
            )
        except NotAllowed as refused:
            waiting = StaffMember.objects.active().filter(email__iexact=chosen["email"]).first()
            if waiting is not None and waiting.awaits_password:
                messages.info(request, _("%(name)s has been invited already.") % {"name": waiting.name})
                return redirect("staff_edit", pk=waiting.pk)
            form.add_error("email", refused.message)
        else:
            return _invited(request, person)
    return render(request, "staff/invite.html", {"form": form, "roles": told()})


@manages_staff
@require_POST
@sure
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(StaffMember.objects.active(), pk=pk)
    if not person.awaits_password:
        messages.error(request, _("%(name)s has chosen a password already.") % {"name": person.name})
        return redirect("staff_edit", pk=pk)
    return _invited(request, person)


def _invited(request: HttpRequest, person: StaffMember) -> HttpResponse:
    """Mails the link; shows it once where the mail does not go out."""
    link = request.build_absolute_uri(password_path(person))
    if send_invitation(person, link, invited_by=request.user.name):
        messages.success(request, _("Invitation sent to %(email)s.") % {"email": person.email})
        return redirect("staff_list")
    return render(request, "staff/invited.html", {"person": person, "link": link})


@manages_staff
@require_http_methods(FORM)
@sure
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(StaffMember, pk=pk)
    form = StaffForm(request.POST or None, initial={"name": person.name, "role": person.role})
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data
            services.change(person, name=chosen["name"], role=Role(chosen["role"]), by=request.actor)
        except NotAllowed as refused:
            form.add_error("role", refused.message)
        else:
            messages.success(request, _("%(name)s saved.") % {"name": person.name})
            return redirect("staff_list")
    return render(
        request,
        "staff/edit.html",
        {
            "person": person,
            "form": form,
            "has_second_factor": Authenticator.objects.filter(user=person).exists(),
            "roles": told(),
        },
    )


@manages_staff
@require_POST
@sure
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    return _done_to(request, pk, services.disable, _("%(name)s is disabled and signed out everywhere."))


@manages_staff
@require_POST
@sure
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    return _done_to(request, pk, services.enable, _("%(name)s may sign in again."))


@manages_staff
@require_POST
@sure
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    return _done_to(
        request,
        pk,
        services.reset_second_factor,
        _("%(name)s signs in with the password only, until set up anew."),
    )


def _done_to(request: HttpRequest, pk: int, service, said: str) -> HttpResponse:
    person = get_object_or_404(StaffMember, pk=pk)
    try:
        service(person, by=request.actor)
    except NotAllowed as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said % {"name": person.name})
    return redirect("staff_edit", pk=pk)


@signed_in
@require_http_methods(FORM)
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=StaffMember.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        person = StaffMember.objects.get(pk=request.user.pk)
        services.change_profile(person, by=request.actor, **form.cleaned_data)
        with translation.override(person.language or translation.get_language()):
            messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    factors = Authenticator.objects.filter(user=request.user)
    return render(request, "staff/profile.html", {"form": form, "has_second_factor": factors.exists()})


@signed_in
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """`language`: one of ours, or empty for the browser's; anything else is ignored."""
    chosen = request.POST.get("language", "")
    if chosen in ("", *dict(settings.LANGUAGES)):
        StaffMember.objects.filter(pk=request.user.pk).update(language=chosen)
    return _back(request)


@signed_in
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """`theme`: auto, light or dark; anything else is ignored."""
    chosen = request.POST.get("theme", "")
    if chosen in Theme.values:
        StaffMember.objects.filter(pk=request.user.pk).update(theme=chosen)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the person was on: `next`, else where the browser says, never another site."""
    for page in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if page and url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
            return HttpResponseRedirect(page)
    return redirect("home")


class ChoosePassword(PasswordResetFromKeyView):
    """Behind the link of an invitation or a reset: in the language of its account, not of the browser at hand."""

    def get(self, request, *args, **kwargs):
        self._speak()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self._speak()
        return super().post(request, *args, **kwargs)

    def _speak(self) -> None:
        if self.reset_user.language in dict(settings.LANGUAGES):
            translation.activate(self.reset_user.language)


@open_to_all
def closed(request: HttpRequest) -> HttpResponse:
    """Pages that the sign-in library knows and a back office does not offer."""
    raise Http404
