"""What shops' pages tell of customers' addresses and ask about them."""

from backoffice.api.root import offer

from . import book, countries, own_book

offer(book.router, own_book.router, countries.router)
