#!/bin/sh
# Install one hashed requirements file into .venv, and the system libraries that PDF needs. Safe to run again.
set -eu
requirements=$1
need_apt=""

python3 -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' || { echo "Groundwork needs Python 3.11 or newer."; exit 1; }
python3 -c 'import ensurepip, venv' 2>/dev/null || need_apt="$need_apt python3-venv"
for library in "libpango-1.0-0 libpango-1.0.so.0" "libpangoft2-1.0-0 libpangoft2-1.0.so.0" "libharfbuzz-subset0 libharfbuzz-subset.so.0"; do
  set -- $library
  python3 -c "import ctypes; ctypes.CDLL('$2')" 2>/dev/null || need_apt="$need_apt $1"
done

if [ -n "$need_apt" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$need_apt"
    apt-get update -q >/dev/null
    # shellcheck disable=SC2086  # a list of packages is meant
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $need_apt >/dev/null
  else
    echo "Please install first:  sudo apt-get install -y$need_apt"
    exit 1
  fi
fi

if command -v uv >/dev/null 2>&1; then
  [ -x .venv/bin/python ] || uv venv -q --python python3 .venv
  uv pip install -q --python .venv/bin/python --require-hashes -r "$requirements"
else
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$requirements"
fi
