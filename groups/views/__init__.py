"""Pages of groups beside those every section has."""
