"""Pages about addresses beside those every section has."""
