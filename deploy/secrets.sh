#!/bin/sh
# Makes the secrets of docker-compose.yml in deploy/secrets, each unless it is there. Nothing is printed.
set -eu

folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
# The folder keeps other users of this host out. The files are open because a container mounts each as it is, and reads it
# as a user of its own.
chmod 700 "$folder"

for name in postgres-password reprise-db-password temporal-db-password token; do
    if [ ! -s "$folder/$name" ]; then
        (umask 022 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$folder/$name.new")
        mv "$folder/$name.new" "$folder/$name"
    fi
done
