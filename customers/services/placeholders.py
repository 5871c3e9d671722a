"""E-mail addresses for people who have none: they bought in the physical shop, or by telephone (S4.36, S4.40)."""

import secrets


def placeholder_address(domain: str) -> str:
    """An address at that domain that nobody has; by chance, so that no two people get the same one."""
    return f"customer-{secrets.token_hex(5)}@{domain}"
