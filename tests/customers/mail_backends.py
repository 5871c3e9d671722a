"""A mail server that is not there."""

from django.core.mail.backends.base import BaseEmailBackend


class Down(BaseEmailBackend):
    """Refuses every mail, as where nobody listens."""

    def send_messages(self, messages):
        raise ConnectionRefusedError
