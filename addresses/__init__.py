"""Where customers live: addresses, countries and their rules."""
