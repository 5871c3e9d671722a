"""The forms of customers."""

from .customer import CustomerForm

__all__ = ["CustomerForm"]
