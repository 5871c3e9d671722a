"""Who gets which prices and privileges."""
