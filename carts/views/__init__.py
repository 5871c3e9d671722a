"""Pages of carts and what is sold beside those every section has."""
