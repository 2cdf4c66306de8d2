#!/bin/bash
# A stand-in for mongod: takes what the official image takes, and answers hello and ping as MongoDB does.
set -eu
if [ "$1" = mongod ] && [ "$(id -u)" = 0 ]; then
  find /data/configdb /data/db \! -user mongodb -exec chown mongodb '{}' +
  exec setpriv --reuid=mongodb --regid=mongodb --clear-groups "$0" "$@"
fi
if [ "$1" = mongod ]; then set -- node /opt/mongo/mongod.mjs; fi
exec "$@"
