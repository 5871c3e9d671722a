"""Customers from the CSV files of other shops, and of our own export (decisions 21 to 27)."""
