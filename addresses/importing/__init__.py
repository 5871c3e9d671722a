"""The import of addresses: whose each is, in which country and state, and which of ours a row is about."""
