"""Every address of the back office."""

from django.urls import include, path

from .registries import url_modules
from .sections import all_sections
from .views import activity, health, help, home, undoing
from .views.section_urls import urls_of

handler400 = "backoffice.views.errors.bad_request"
handler403 = "backoffice.views.errors.forbidden"
handler404 = "backoffice.views.errors.not_found"
handler500 = "backoffice.views.errors.broken"

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help.help_page, name="help"),
    path("alive/", health.alive, name="alive"),
    path("health/", health.health, name="health"),
    path("undo/", undoing.undo, name="undo"),
    path("activity/", activity.activity, name="activity"),
    path("", include("backoffice.staff.urls")),
    *(path("", include(module)) for module in url_modules),
    *(url for section in all_sections() for url in urls_of(section)),
]
