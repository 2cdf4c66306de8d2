#!/bin/bash
# A stand-in for steamcmd: "downloads" a dedicated server that answers the queries of Steam.
set -eu
[ "$1 $3 $4 $5 $7 $8" = '+force_install_dir +login anonymous +app_update validate +quit' ] || { echo "Unknown: $*"; exit 1; }
[[ $6 =~ ^[0-9]+$ ]] || { echo "ERROR! Failed to install app '$6' (Invalid app)"; exit 8; }
cp "${0%/*}/srcds_run" "$2/srcds_run"
echo "Success! App '$6' fully installed."
