#!/bin/sh
# Makes and updates Temporal's two databases. Each command does nothing where its work is done, so every start runs it.
set -eu

if [ -n "${SQL_PASSWORD_FILE:-}" ]; then
    SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
    export SQL_PASSWORD
fi

migrate() {
    temporal-sql-tool --database "$1" create-database
    temporal-sql-tool --database "$1" setup-schema --version 0.0
    temporal-sql-tool --database "$1" update-schema --schema-name "$2"
}

migrate temporal postgresql/v12/temporal
migrate temporal_visibility postgresql/v12/visibility
