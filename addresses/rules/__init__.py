"""How addresses are written, and what each country asks of them. Pure."""
