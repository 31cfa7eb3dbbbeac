#!/bin/sh
# Prepare the embedded product under var/ and serve it. A second start finds everything done and destroys nothing.
set -eu
port=$1
py=.venv/bin/python
mkdir -p "$VAR_DIR"
export DEMO="${DEMO:-1}" BASE_URL="${BASE_URL:-http://127.0.0.1:$port}"
[ -s "$VAR_DIR/secret_key" ] || (umask 077; $py -c "import secrets; print(secrets.token_urlsafe(64))" > "$VAR_DIR/secret_key")
SECRET_KEY="${SECRET_KEY:-$(cat "$VAR_DIR/secret_key")}"; export SECRET_KEY
$py manage.py prepare
exec $py -m gunicorn readiness.wsgi --bind "127.0.0.1:$port" --workers 2 --threads 4 --access-logfile /dev/null --config scripts/gunicorn.conf.py
