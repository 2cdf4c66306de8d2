#!/bin/bash
# Makes the databases as MARIADB_ROOT_PASSWORD, MARIADB_DATABASE, MARIADB_USER and MARIADB_PASSWORD say, once.
set -eu
data=/var/lib/mysql
if [ "$1" = mariadbd ] && [ "$(id -u)" = 0 ]; then
  mkdir -p /run/mysqld
  find "$data" /run/mysqld \! -user mysql -exec chown mysql: '{}' +
  exec setpriv --reuid=mysql --regid=mysql --clear-groups "$0" "$@"
fi
if [ "$1" = mariadbd ] && [ ! -d "$data/mysql" ]; then
  : "${MARIADB_ROOT_PASSWORD:?a root password is needed}"
  mariadb-install-db --skip-test-db --auth-root-authentication-method=normal --datadir="$data" > /dev/null
  mariadbd --skip-networking --socket=/run/mysqld/init.sock &
  server=$!
  until mariadb-admin --socket=/run/mysqld/init.sock -u root ping > /dev/null 2>&1; do sleep 0.2; done
  mariadb --socket=/run/mysqld/init.sock -u root <<SQL
ALTER USER root@localhost IDENTIFIED BY '$MARIADB_ROOT_PASSWORD';
CREATE USER root@'%' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD';
GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
CREATE DATABASE $MARIADB_DATABASE;
CREATE USER $MARIADB_USER@'%' IDENTIFIED BY '$MARIADB_PASSWORD';
GRANT ALL ON $MARIADB_DATABASE.* TO $MARIADB_USER@'%';
SQL
  kill "$server" && wait "$server"
fi
exec "$@"
