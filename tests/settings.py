"""The settings of the tests: those of the site, in a home of this process that goes when the run ends."""

import atexit
import os
import shutil
import tempfile

# Before the settings are read, and never the caller's: no test touches var/, no two workers share a home.
# One folder a run holds them all, because a worker that a test kills cannot tidy up behind itself.
if "XIETONG_TEST_RUN" not in os.environ:
    os.environ["XIETONG_TEST_RUN"] = tempfile.mkdtemp(prefix="xietong-test-")
    atexit.register(shutil.rmtree, os.environ["XIETONG_TEST_RUN"], ignore_errors=True)
os.environ["XIETONG_HOME"] = tempfile.mkdtemp(dir=os.environ["XIETONG_TEST_RUN"])

from xietong.web.settings import *  # noqa: F403
from xietong.web.settings import DATABASES, HOME, LOGGING, STORAGES

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
