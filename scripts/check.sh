#!/bin/sh
# Everything that can be said about the code without running it. Stops at the first complaint.
set -eu
bin=.venv/bin
say() { printf '%s\n' "— $*"; }

say "ruff"
$bin/ruff check .
$bin/ruff format --check --quiet .
say "mypy"; $bin/mypy readiness stakeholders assessments
say "layers"; $bin/lint-imports --no-cache
say "templates"; $bin/djlint --lint --quiet templates
say "bandit"; $bin/bandit -q -c pyproject.toml -r readiness stakeholders assessments
say "migrations"; $bin/python manage.py makemigrations --check --dry-run
say "production settings"
PRODUCTION=1 SECRET_KEY=$($bin/python -c "import secrets; print(secrets.token_urlsafe(64))") \
  ALLOWED_HOSTS=groundwork.example BASE_URL=https://groundwork.example $bin/python manage.py check --deploy --fail-level WARNING
