#!/bin/bash
# Makes the databases as MYSQL_ROOT_PASSWORD, MYSQL_DATABASE, MYSQL_USER and MYSQL_PASSWORD say, once.
set -eu
data=/var/lib/mysql
if [ "$1" = mysqld ] && [ "$(id -u)" = 0 ]; then
  mkdir -p /run/mysqld
  find "$data" /run/mysqld \! -user mysql -exec chown mysql: '{}' +
  exec setpriv --reuid=mysql --regid=mysql --clear-groups "$0" "$@"
fi
if [ "$1" = mysqld ] && [ ! -d "$data/mysql" ]; then
  : "${MYSQL_ROOT_PASSWORD:?a root password is needed}"
  mysqld --initialize-insecure --datadir="$data"
  mysqld --skip-networking --mysqlx=OFF --socket=/run/mysqld/init.sock &
  server=$!
  until mysqladmin --socket=/run/mysqld/init.sock -u root ping > /dev/null 2>&1; do sleep 0.2; done
  mysql --socket=/run/mysqld/init.sock -u root <<SQL
ALTER USER root@localhost IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
CREATE USER root@'%' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
CREATE DATABASE $MYSQL_DATABASE;
CREATE USER $MYSQL_USER@'%' IDENTIFIED BY '$MYSQL_PASSWORD';
GRANT ALL ON $MYSQL_DATABASE.* TO $MYSQL_USER@'%';
SQL
  kill "$server" && wait "$server"
fi
exec "$@" --socket=/run/mysqld/mysqld.sock
