"""The pages as a WSGI application; ``netral.project.asgi`` wraps it for the server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netral.project.settings")
application = get_wsgi_application()
