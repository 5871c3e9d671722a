"""What each role may do to addresses, beside what holds for every section (decisions, Rights)."""

from backoffice.access.grants import Grant, grant
from backoffice.access.roles import Role

grant(Grant("addresses.address", ("add", "change"), (Role.SUPPORT,)))
