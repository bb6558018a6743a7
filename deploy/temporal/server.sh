#!/bin/sh
# Gives the server its password from a file, which the image cannot, and starts it as the image does.
set -eu

POSTGRES_PWD=$(cat "$POSTGRES_PWD_FILE")
export POSTGRES_PWD

exec "${ENTRYPOINT:-/etc/temporal/entrypoint.sh}"
