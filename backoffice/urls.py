"""Every address of the back office."""

from django.urls import include, path

from .api.root import urls_of_api
from .registries import url_modules
from .sections import all_sections
from .views import activity, health, help, home, imports, jobs, live, maintenance, search
from .views.section_urls import urls_of

handler400 = "backoffice.views.errors.bad_request"
handler403 = "backoffice.views.errors.forbidden"
handler404 = "backoffice.views.errors.not_found"
handler500 = "backoffice.views.errors.broken"

urlpatterns = [
    path("", home.home, name="home"),
    path("live/", live.live_home, name="home_live"),
    path("search/", search.search, name="search"),
    path("help/", help.help_page, name="help"),
    path("alive/", health.alive, name="alive"),
    path("health/", health.health, name="health"),
    path("undo/", jobs.latest_undo, name="undo"),
    path("jobs/", jobs.own_jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job_page, name="job"),
    path("jobs/<int:pk>/undo/", jobs.undo, name="job_undo"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<int:pk>/dismiss/", jobs.dismiss, name="job_dismiss"),
    path("activity/", activity.activity, name="activity"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/options/", imports.import_options, name="import_options"),
    path("imports/<int:pk>/start/", imports.import_start, name="import_start"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<int:pk>/report/", imports.import_report, name="import_report"),
    path("maintenance/", maintenance.maintenance, name="maintenance"),
    path("maintenance/<str:name>/fix/", maintenance.fix, name="maintenance_fix"),
    *urls_of_api(),
    path("", include("backoffice.staff.urls")),
    *(path("", include(module)) for module in url_modules),
    *(url for section in all_sections() for url in urls_of(section)),
]
