"""What shops' pages tell of customers and ask about them."""

from backoffice.api.root import offer

from . import accounts, correspondence, people, visits

offer(people.router, accounts.router, visits.router, correspondence.router)
