"""The settings of the tests: those of the site, in a home that lives as long as this process."""

import atexit
import os
import shutil
import tempfile

# Before the settings are read, and never the caller's: no test touches var/, no two workers share a home.
os.environ["XIETONG_HOME"] = tempfile.mkdtemp(prefix="xietong-test-")
atexit.register(shutil.rmtree, os.environ["XIETONG_HOME"], ignore_errors=True)

from xietong.web.settings import *  # noqa: E402, F403
from xietong.web.settings import DATABASES, HOME, LOGGING, STORAGES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: threads and processes cannot share a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
LOGGING["root"] = {"handlers": [], "level": "INFO"}
