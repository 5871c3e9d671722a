"""Pages of customers that are no section's."""
