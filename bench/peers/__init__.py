"""What the product's list is measured beside, on the same tables, through the same middleware."""
