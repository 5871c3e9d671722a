"""Every field of a customer, each declared once (S0.21, S1.30, S3.5–S3.13, S4.37–S4.60; decisions 1, 12, 53)."""

from . import activity, business, consents, more, person

FIELDS = (*person.FIELDS, *consents.FIELDS, *more.FIELDS, *business.FIELDS, *activity.FIELDS)
