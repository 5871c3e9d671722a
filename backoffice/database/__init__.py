"""What the database itself does: field types, constraints, indexes, search, counting, many rows at once."""
