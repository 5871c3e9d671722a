"""Django's backend for PostgreSQL, with limits of time and without the need of a database session (decision 54)."""
