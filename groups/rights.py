"""What each role may do to groups, beside what holds for every section (decisions, Rights)."""

from backoffice.access.grants import Grant, grant
from backoffice.access.roles import Role

grant(Grant("groups.group", ("add", "change"), (Role.MARKETING,)))
