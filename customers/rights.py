"""What each role may do to customers and what is theirs, beside what holds for every section (decisions, Rights)."""

from backoffice.access.grants import Grant, declared_for, extra_right, grant
from backoffice.access.roles import EVERYBODY, WHO_RUN_THE_SHOP, Role

_SUPPORT, _MARKETING = (Role.SUPPORT,), (Role.MARKETING,)
# A person's form holds their consents, groups and tags too (S0.21): support needs these rights as marketing does.
_WRITERS = (*WHO_RUN_THE_SHOP, *_SUPPORT, *_MARKETING)

CONSENT = extra_right("customers.customer", "consent", "Can switch newsletter and partner offers", _WRITERS)
SEGMENT = extra_right("customers.customer", "segment", "Can put customers into groups and tags", _WRITERS)
OF_CUSTOMERS = declared_for("customers.customer")
FLAG_RIGHTS = {
    "active": "customers.change_customer",
    "newsletter": CONSENT.name,
    "partner_offers": CONSENT.name,
}

grant(
    Grant("customers.mail", ("view",), EVERYBODY),
    Grant("customers.customer", ("add", "change"), _SUPPORT),
    Grant("customers.note customers.task", ("add", "change"), (*_SUPPORT, *_MARKETING)),
    Grant("customers.message customers.thread", ("add", "change"), _SUPPORT),
    Grant("customers.tag", ("add", "change"), _MARKETING),
)
