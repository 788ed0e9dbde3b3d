import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xietong.web.settings")
application = get_wsgi_application()
# What is loaded now stays for good. Out of sight of the collector, it is not looked through again and again in the
# middle of a page, for a tenth of a second or two.
get_resolver().url_patterns  # noqa: B018  (asked for here, it loads every view)
gc.collect()
gc.freeze()
