#!/bin/sh
# Run by the postgres image on an empty volume: one role and database for Reprise, one role for Temporal, which makes its own.
set -eu

psql --set ON_ERROR_STOP=1 --no-psqlrc --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set reprise_password="$(cat "${SECRETS:-/run/secrets}/reprise-db-password")" \
    --set temporal_password="$(cat "${SECRETS:-/run/secrets}/temporal-db-password")" <<'SQL'
create role reprise login password :'reprise_password';
create database reprise owner reprise;
create role temporal login createdb password :'temporal_password';
SQL
