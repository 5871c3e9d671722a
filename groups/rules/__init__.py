"""What groups mean, as values and pure functions: who belongs to one by its rule, and what applies to a customer."""
