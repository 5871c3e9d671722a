"""`manage.py demo --customers N [--password PW] [--seed S]`: the demo shop of interface.md."""

import datetime as dt
import secrets

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from backoffice.access.roles import Role
from backoffice.commands import ShopCommand
from backoffice.demo.filling import fill
from backoffice.demo.shop import Shop
from backoffice.registries import signs_of_a_shop
from backoffice.sections import all_sections
from backoffice.staff.demo import hire_staff, set_passwords
from backoffice.staff.models import StaffMember


class Command(ShopCommand):
    help = "Fills an empty database with the demo shop and generated customers; changes nothing in a shop."

    def add_arguments(self, parser):
        parser.add_argument("--customers", type=int, default=1_000, help="how many to generate (1,000)")
        parser.add_argument("--password", help="of the demo staff; random and printed otherwise")
        parser.add_argument("--seed", type=int, default=1, help="another number gives other people (1)")

    def handle(self, *, customers, password, seed, verbosity, **options):
        if customers < 0:
            raise CommandError("--customers takes 0 or more.", returncode=2)
        if any(model._base_manager.exists() for model in self.lists()):
            self.leave_alone(password, verbosity=verbosity)
            return
        chosen = password or secrets.token_urlsafe(9)
        staff = hire_staff(chosen)
        shop = Shop(
            seed=seed,
            now=timezone.now().astimezone(dt.UTC).replace(microsecond=0, tzinfo=None),
            customers=customers,
            currency=settings.SHOP_CURRENCY,
            time_zone=timezone.get_default_timezone(),
            staff_ids=[person.pk for person in staff if person.role != Role.VIEWER],
        )
        fill(shop, say=self.stdout.write)
        for section in all_sections():
            if section.key_figures:
                section.key_figures.refresh()
        self.stdout.write(f"The demo shop is ready: John DOE and {customers:,} generated customers.")
        self.say_who_signs_in(staff, chosen)

    def leave_alone(self, password: str | None, *, verbosity: int) -> None:
        """A shop exists: at most the demo staff's passwords are set anew, and nobody is let in who was not.

        With verbosity 0 only what was done is told.
        """
        if verbosity:
            self.stdout.write("There is a shop in this database already; nothing was added.")
            if not password:
                self.stdout.write("To set the demo staff's password: manage.py demo --password NEW")
        if not password:
            return
        if people := set_passwords(password):
            self.say_who_signs_in(people, password)
        else:
            self.stdout.write("It has no demo staff, so no password was set.")

    def say_who_signs_in(self, people: list[StaffMember], password: str) -> None:
        """How to sign in, for whoever started the demo."""
        self.stdout.write(f"Sign in as {', '.join(person.email for person in people)}; password: {password}")

    @staticmethod
    def lists():
        """The tables that only a shop has rows in."""
        return signs_of_a_shop
