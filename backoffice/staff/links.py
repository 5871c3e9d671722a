"""The token in the links by which a password is chosen: of an invitation, and of a forgotten password."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator


class LinkTokens(EmailAwarePasswordResetTokenGenerator):
    """Ends with the person's access: whoever is disabled or loses the second factor needs a new link (S17)."""

    def _make_hash_value(self, user, timestamp):
        return f"{super()._make_hash_value(user, timestamp)}|{user.session_round}"
