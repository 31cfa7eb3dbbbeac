"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readiness.settings")

application = get_wsgi_application()
# Every page is imported now, once for all workers: nobody waits for it after a worker died, and what cannot be imported does
# not start instead of failing at each request.
_ = get_resolver().url_patterns
