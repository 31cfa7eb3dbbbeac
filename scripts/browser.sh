#!/bin/sh
# Chromium for the browser tests: from apt when root; elsewhere the tests say loudly that they are skipped.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing chromium and poppler-utils for the browser and PDF tests"
  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium poppler-utils >/dev/null
fi
command -v chromium >/dev/null 2>&1 || echo "NOTE: there is no Chromium on this machine; install it with:  sudo apt-get install -y chromium"
exit 0
