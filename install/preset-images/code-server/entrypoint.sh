#!/bin/sh
set -eu
# Gives the files to whoever runs it; it may not become root here, and then it goes on without.
eval "$(fixuid -q)"
exec code-server "$@"
