"""What the table of a list is made of: columns, filters, look-ups, and how they are drawn and written to files."""
