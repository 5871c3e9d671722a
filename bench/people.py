"""Generated customers, with their groups, tags, addresses, and what staff and shop wrote to them."""

import datetime as dt
from random import Random

from addresses.models import Address
from carts.models import Voucher
from customers.models import (
    Consent,
    Customer,
    CustomerFigures,
    Mail,
    Membership,
    Message,
    Note,
    Tagging,
    Task,
    Thread,
)

from .assortment import GROUPS, TAGS
from .loading import Loader
from .names import COMPANIES, DOMAIN_WEIGHTS, DOMAINS, FEMALE, MALE, ORIGINS, Name
from .trade import ORDERS, OTHER_VISITS, UNORDERED, Trade, euros

YEARS = 10
YOUNGEST, OLDEST = dt.date(2008, 12, 31).toordinal(), dt.date(1935, 1, 1).toordinal()
CITIES = {
    country: [(postcode, Name.of(city)) for postcode, city in places]
    for country, places in {
        "FR": (("75011", "Paris"), ("69003", "Lyon"), ("13006", "Marseille"), ("31000", "Toulouse")),
        "PL": (("00-001", "Warszawa"), ("30-002", "Kraków"), ("90-001", "Łódź")),
        "RO": (("010011", "București"), ("400001", "Cluj-Napoca"), ("700001", "Iași")),
        "US": (("60601", "Chicago"), ("98101", "Seattle")),
        "GB": (("SW1A 1AA", "London"), ("M1 1AE", "Manchester")),
    }.items()
}
# What a plain text has blanks for.
PARTED = str.maketrans(".@-", "   ")
STATES = {"60601": "US-IL", "98101": "US-WA"}
STREETS = [
    Name.of(one) for one in ("Main street", "rue de la Paix", "ulica Długa", "Strada Lungă", "Station road")
]


class People:
    """Makes customers block by block. `lean` leaves out addresses, notes, tasks, letters and vouchers."""

    def __init__(self, random: Random, trade: Trade, *, number: int, now: int, lean: bool, moment):
        self.random, self.trade, self.number, self.now, self.lean = random, trade, number, now, lean
        self.moment = moment
        names = "id title last_name first_name email created_email birthday active newsletter newsletter_at"
        more = "partner_offers default_group sales_agent phone company language guest country registered_at updated_at"
        keys = "deleted deleted_at last_name_key first_name_key company_key email_key search_text"
        self.customers = Loader(Customer, *names.split(), *more.split(), *keys.split())
        counts = "customer orders_count valid_orders_count total_spent outstanding carts_count"
        days = "first_order_at last_order_at last_visit_at opening_visit_at"
        self.figures = Loader(CustomerFigures, *counts.split(), *days.split())
        self.memberships = Loader(Membership, "customer", "group")
        self.taggings = Loader(Tagging, "customer", "tag")
        where = "address1 postcode city country state phone default_billing default_shipping"
        self.addresses = Loader(
            Address,
            *(["customer", "alias", "first_name", "last_name", "company"]),
            *where.split(),
            *(["first_name_key", "last_name_key", "address_key", "city_key", "search_text"]),
        )
        self.notes = Loader(Note, "customer", "text", "pinned", "created_at")
        self.tasks = Loader(Task, "customer", "title", "kind", "due_on", "done_at", "created_at")
        self.consents = Loader(Consent, "customer", "kind", "given", "at")
        self.threads = Loader(
            Thread,
            *("id", "customer", "subject", "status", "created_at", "last_message_at", "last_text"),
            *("subject_key", "last_text_key", "search_text"),
        )
        self.messages = Loader(Message, "thread", "direction", "text", "sent_at", "read_at")
        self.mails = Loader(Mail, "customer", "recipient", "template", "subject", "sent_at")
        self.vouchers = Loader(
            Voucher, *("code", "code_key", "name", "search_text", "customer", "percent", "starts_at")
        )
        self.thread_id = 0

    @property
    def loaders(self) -> list[Loader]:
        """In the order in which their rows are written."""
        about = [
            self.addresses,
            self.notes,
            self.tasks,
            self.consents,
            self.threads,
            self.messages,
            self.mails,
        ]
        return [self.customers, self.figures, self.memberships, self.taggings, *about, self.vouchers]

    def block(self, first: int, last: int) -> None:
        """Make the customers with ids `first` to `last`."""
        random = self.random
        size = last - first + 1
        origins = random.choices(ORIGINS, [one.share for one in ORIGINS], k=size)
        sexes = random.choices((MALE, FEMALE), (45, 55), k=size)
        kinds = sorted({(place.country, sex) for place, sex in zip(origins, sexes, strict=True)})
        by_country = {one.country: one for one in ORIGINS}
        firsts = {
            kind: iter(
                (by_country[kind[0]].female if kind[1] else by_country[kind[0]].male).draw(random, size)
            )
            for kind in kinds
        }
        lasts = {kind: iter(by_country[kind[0]].last[kind[1]].draw(random, size)) for kind in kinds}
        domains = random.choices(DOMAINS, DOMAIN_WEIGHTS, k=size)
        orders = random.choices(*ORDERS, k=size)
        others = random.choices(*UNORDERED, k=size)
        visits = random.choices(*OTHER_VISITS, k=size)
        for n, (origin, sex) in enumerate(zip(origins, sexes, strict=True)):
            kind = (origin.country, sex)
            given, family = next(firsts[kind]), next(lasts[kind])
            self._person(first + n, origin, sex, given, family, domains[n], orders[n], others[n], visits[n])

    def _person(self, key, origin, sex, given: Name, family: Name, domain, orders, others, visits) -> None:
        random, moment = self.random.random, self.moment
        # A growing shop: most registered lately, and later numbers are later customers.
        since = self.now - int(YEARS * 365 * 86_400 * (1 - ((key - random()) / self.number) ** 0.7))
        email = f"{given.mail}.{family.mail}{key}@{domain}"
        guest = random() < 0.06
        deleted = random() < 0.005
        active = random() < 0.95
        newsletter = random() < 0.36
        born = None if random() < 0.12 else OLDEST + int(random() * (YOUNGEST - OLDEST))
        company = f"{family.written} {COMPANIES[key % len(COMPANIES)]}" if random() < 0.08 else ""
        company_key = f"{family.folded} {COMPANIES[key % len(COMPANIES)].lower()}" if company else ""
        phone = f"+336{int(random() * 1e8):08d}" if random() < 0.3 else ""
        title = None if random() < 0.04 else 1 + sex
        group = 1 if random() < 0.8 else 2 + int(random() * len(GROUPS))
        agent = 2 + int(random() * 3) if random() < 0.05 else None
        at = moment(since)
        found_by = (family.folded, given.folded, email.translate(PARTED), company_key, phone[1:])
        words = " " + " ".join(filter(None, found_by))
        bought = f" {given.folded} {family.folded} {found_by[2]}{words}"
        life = self.trade.live(
            key, f"{given.written} {family.written}", email, bought, since, orders, others, visits
        )
        offers = random() < 0.3
        self.customers.add(
            *(key, title, family.written, given.written, email, email),
            *(born and dt.date.fromordinal(born).isoformat(), int(active)),
            *(int(newsletter), at if newsletter else None),
            *(int(offers), group, agent, phone, company, origin.language, int(guest)),
            *(
                "" if self.lean else origin.country,
                at,
                at,
                int(deleted),
                moment(self.now) if deleted else None,
            ),
            *(family.folded, given.folded, company_key, email, words),
        )
        last_visit = moment(life.last_visit)
        self.figures.add(
            *(key, life.orders, life.valid_orders, euros(life.spent), euros(life.outstanding), life.carts),
            *(
                moment(life.first_order),
                moment(life.last_order),
                last_visit,
                last_visit if self.lean else None,
            ),
        )
        for kind, is_given in (("newsletter", newsletter), ("partner_offers", offers)):
            if is_given:
                self.consents.add(key, kind, 1, at)
        self.memberships.add(key, group)
        if random() < 0.5:
            self.memberships.add(key, group % (len(GROUPS) + 1) + 1)
        if random() < 0.3:
            self.taggings.add(key, 1 + int(random() * len(TAGS)))
        if not self.lean:
            self._papers(key, origin, given, family, email, since, company, company_key)

    def _papers(self, key, origin, given, family, email, since, company, company_key) -> None:
        random, at = self.random.random, self.moment(since)
        for n in range(1 + (random() < 0.2)):
            postcode, city = CITIES[origin.country][int(random() * len(CITIES[origin.country]))]
            street, house = STREETS[int(random() * len(STREETS))], 1 + int(random() * 200)
            phone = f"+331{int(random() * 1e8):08d}"
            keys = (given.folded, family.folded, f"{house} {street.folded}", city.folded)
            words = (
                keys[1],
                keys[0],
                company_key,
                keys[2],
                postcode.lower().translate(PARTED),
                keys[3],
                phone[1:],
            )
            self.addresses.add(
                *(key, "Home" if not n else "Office", given.written, family.written, company),
                *(
                    f"{house} {street.written}",
                    postcode,
                    city.written,
                    origin.country,
                    STATES.get(postcode),
                    phone,
                ),
                *(int(not n), int(not n), *keys, " " + " ".join(filter(None, words))),
            )
        self.mails.add(key, email, "account", "Welcome", at)
        chance = random()
        if chance < 0.05:
            self.notes.add(key, "Asked for the catalogue on paper.", 0, at)
        elif chance < 0.1:
            day = dt.date.fromtimestamp(since + int(random() * (self.now - since))).isoformat()
            self.tasks.add(key, "Call back", "call", day, at if chance < 0.08 else None, at)
        elif chance < 0.2:
            self.thread_id += 1
            status = "open" if chance < 0.12 else "closed"
            said = ("It left today.", "my order", "it left today", " my order it left today")
            self.threads.add(self.thread_id, key, "My order", status, at, at, *said)
            self.messages.add(self.thread_id, "customer", "When will it come?", at, at)
            self.messages.add(self.thread_id, "staff", "It left today.", at, None)
        elif chance < 0.22:
            self.vouchers.add(
                f"V{key:08d}", f"v{key:08d}", "Birthday", f" v{key:08d} birthday", key, "10.00", at
            )
