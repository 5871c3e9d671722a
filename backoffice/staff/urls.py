"""Signing in, one's own page, and the staff pages.

The library's URLs are named one by one: what a back office does not offer (sign-up, further addresses) is left out.
"""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.decorators.http import require_POST

from . import views
from .api_tokens import views as tokens

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", require_POST(account.logout), name="account_logout"),
    path("signup/", views.closed, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.ChoosePassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
    path("profile/", views.profile, name="profile"),
    path("profile/language/", views.set_language, name="set_language_of_staff"),
    path("profile/theme/", views.set_theme, name="set_theme"),
    path("staff/", views.staff_list, name="staff_list"),
    path("staff/invite/", views.invite, name="staff_invite"),
    path("staff/<int:pk>/edit/", views.edit, name="staff_edit"),
    path("staff/<int:pk>/disable/", views.disable, name="staff_disable"),
    path("staff/<int:pk>/enable/", views.enable, name="staff_enable"),
    path("staff/<int:pk>/invite-again/", views.invite_again, name="staff_invite_again"),
    path("staff/<int:pk>/reset-second-factor/", views.reset_second_factor, name="staff_reset_second_factor"),
    path("api-tokens/", tokens.token_list, name="api_tokens"),
    path("api-tokens/add/", tokens.token_add, name="api_tokens_add"),
    path("api-tokens/<int:pk>/edit/", tokens.token_edit, name="api_tokens_edit"),
    path("api-tokens/<int:pk>/revoke/", tokens.token_revoke, name="api_tokens_revoke"),
]
