"""What a service may answer instead of doing its work."""

from django.db import models


class NotAllowed(Exception):
    """The service refuses now; `message` is a translated sentence for the person who asked.

    A page shows it, the API answers 409, an import reports the row.
    """

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class Gone(NotAllowed):
    """What was to be written, or what it is to point at, was deleted meanwhile (D14); a page answers 404."""


class NotThere(LookupError):
    """What was asked for is not there: a page answers 404."""


class Conflict(Exception):
    """Somebody saved the record since the form was opened; `current` is what is stored now."""

    def __init__(self, current: models.Model):
        super().__init__(f"{current._meta.label} {current.pk} was changed by somebody else")
        self.current = current
