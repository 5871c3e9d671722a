#!/bin/sh
# Run once by the database's image, as its superuser: the owner of the tables, and the role that web server and worker
# sign in as, which owns nothing. `manage.py database_role backoffice` gives that one its rights, at every release.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    -v owner_password="$OWNER_PASSWORD" -v password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE backoffice_owner LOGIN CREATEROLE PASSWORD :'owner_password';
SET ROLE backoffice_owner;
CREATE ROLE backoffice LOGIN PASSWORD :'password';
RESET ROLE;
CREATE DATABASE backoffice OWNER backoffice_owner;
REVOKE ALL ON DATABASE backoffice FROM PUBLIC;
GRANT CONNECT ON DATABASE backoffice TO backoffice;
SQL
