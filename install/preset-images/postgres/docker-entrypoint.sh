#!/bin/bash
# Makes a cluster as POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB say, once, and becomes the server then.
set -eu
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" && chmod 00700 "$PGDATA"
  find "$PGDATA" \! -user postgres -exec chown postgres '{}' +
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "${POSTGRES_PASSWORD:?a password is needed}"
  user=${POSTGRES_USER:-postgres} database=${POSTGRES_DB:-${POSTGRES_USER:-postgres}}
  initdb --username="$user" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --auth-host=scram-sha-256 --auth-local=trust
  printf '\nhost all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"
  # Reached from inside only until everything is made.
  pg_ctl -w -o "-c listen_addresses=''" start
  if [ "$database" != postgres ]; then createdb -U "$user" --maintenance-db=postgres "$database"; fi
  pg_ctl -w -m fast stop
fi
exec "$@"
