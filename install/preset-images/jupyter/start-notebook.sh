#!/bin/bash
# The server reads JUPYTER_TOKEN itself. It is the server that JupyterLab is the pages of; those are not here.
set -e
[ "${JUPYTER_ENABLE_LAB:-}" = yes ] || { echo 'The image is told to show JupyterLab.'; exit 1; }
exec jupyter-server --ip=0.0.0.0 --port=8888 --no-browser "$@"
