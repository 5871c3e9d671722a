"""The demo shop of interface.md, and a generator of shops of any size; each app adds its steps to the registry."""
