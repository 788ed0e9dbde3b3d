"""Settings of the site. What differs between machines comes from the environment; see docs/reference/settings.md."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from xietong.kit.keys.keyring import Keyring
from xietong.web.folders import HOME, KEYRING

PACKAGE = Path(__file__).resolve().parent
HOME.mkdir(parents=True, exist_ok=True)

# ---- keys and addresses
SECRET_KEY = Keyring.open(KEYRING).key("django").secret.hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("XIETONG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("XIETONG_ORIGINS", "").split(",") if origin]
HTTPS = os.environ.get("XIETONG_HTTPS", "") == "1"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# ---- where messages may go beyond the inbox; nothing else is connected to
CHANNEL_HOSTS = {
    "mail": [host for host in os.environ.get("XIETONG_MAIL_HOSTS", "").split(",") if host],
    "wecom": [host for host in os.environ.get("XIETONG_WECOM_HOSTS", "qyapi.weixin.qq.com").split(",") if host],
}
CHANNEL_NETWORKS = [network for network in os.environ.get("XIETONG_INNER_NETWORKS", "").split(",") if network]
SITE_ADDRESS = CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else ""

# ---- applications: plumbing, then the areas from the bottom of the stack up, then the site
INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks_db",
    "axes",
    "csp",
    "xietong.kit.accounts",
    "xietong.kit.access",
    "xietong.kit.audit",
    "xietong.kit.clock",
    "xietong.kit.events",
    "xietong.kit.ruletable",
    "xietong.kit.pages",
    "xietong.kit.jobs",
    "xietong.kit.files",
    "xietong.kit.notices",
    "xietong.kit.feedback",
    "xietong.kit.feeds",
    "xietong.kit.approvals",
    "xietong.kit.sheets",
    "xietong.kit.measures",
    "xietong.kit.tokens",
    "xietong.areas.orgs",
    "xietong.areas.people",
    "xietong.areas.mechanisms",
    "xietong.areas.places",
    "xietong.areas.indicators",
    "xietong.areas.plans",
    "xietong.areas.dispatch",
    "xietong.web",
    # After the site, whose templates stand in for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "xietong.web.middleware.log.LogMiddleware",
    "xietong.kit.api.middleware.CookielessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "xietong.kit.accounts.middleware.ActorMiddleware",
    "xietong.kit.pages.errors.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "xietong.web.urls"
WSGI_APPLICATION = "xietong.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "xietong.kit.forms.base.Renderer"
CSRF_FAILURE_VIEW = "xietong.kit.pages.errors.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["axes.W004"]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xietong.kit.pages.context.frame",
                "xietong.web.context.tabs",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "xietong.kit.pages.templatetags.pages",
            ],
        },
    }
]

# ---- database: SQLite for one office, PostgreSQL by DATABASE_URL
DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(
        default=f"sqlite:///{HOME / 'xietong.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Room for a line per token of a province beside the used codes, none of which may be pushed out.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# ---- words and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英语"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

# ---- files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
FILES_ROOT = HOME / "files"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {"BACKEND": "xietong.web.storage.HashedStaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
BACKUP_ROOT = Path(os.environ.get("XIETONG_BACKUPS", HOME / "backups"))

# ---- signing in
AUTH_USER_MODEL = "accounts.Account"
ACTORS_OF = "xietong.areas.people.queries.actors_of"
ACCOUNTS_OF_ROLE = "xietong.areas.people.queries.accounts_of_role"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "xietong.web.signin.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "xietong.web.signin.passwords.ThreeClassesValidator"},
]
IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 30 * 24 * 3600
# The three administrators, and the roles that may reveal personal data.
SECOND_FACTOR_ROLES = frozenset({"system_admin", "security_admin", "audit_admin", "office", "university_coordinator"})
FIRST_DUTY_PAGES = frozenset({"account", "role"})
ACCOUNT_ADAPTER = "xietong.web.signin.adapters.ClosedAccountAdapter"
SOCIALACCOUNT_ADAPTER = "xietong.web.signin.adapters.ClosedSocialAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
# Never per address alone: a hall or a whole county may share one.
ACCOUNT_RATE_LIMITS = {"login": False, "login_failed": False, "signup": False, "reauthenticate": "10/m/user"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "xietong.web.signin.codes.CodeForm",
    "reauthenticate": "xietong.web.signin.codes.CodeAgainForm",
}
MFA_TOTP_ISSUER = "协同提质平台"
MFA_TRUST_ENABLED = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username", ["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "xietong.web.signin.lockout.locked_out"
AXES_USERNAME_CALLABLE = "xietong.web.signin.lockout.login_name"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
if os.environ.get("XIETONG_OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("XIETONG_OIDC_NAME", "统一身份认证"),
                    "client_id": os.environ["XIETONG_OIDC_CLIENT"],
                    "secret": os.environ["XIETONG_OIDC_SECRET"],
                    "settings": {"server_url": os.environ["XIETONG_OIDC_ISSUER"]},
                }
            ],
        }
    }

# ---- what programs may ask: tokens only, no cookies, but for the page that describes it
API_ROOT = "/api/"
API_PER_MINUTE = 120
API_PAGES = frozenset({"/api/v1/docs"})

# ---- what a browser may load
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src-attr": ["'unsafe-inline'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

# ---- URLs that carry no permission of ours: public ones and those of libraries, each with its reason
PUBLIC_URLS = {
    "account_login": "anybody signs in here",
    "account_logout": "ends one's own session",
    "account_signup": "closed; the libraries ask for its address",
    "account_inactive": "says that the account is closed",
    "account_reauthenticate": "asks for one's own password again",
    "account_change_password": "one's own password",
    "account_set_password": "the libraries ask for its address; leads to changing the password",
    "mfa_index": "one's own second factor",
    "mfa_authenticate": "second step of signing in",
    "mfa_reauthenticate": "asks for one's own code again",
    "mfa_trust": "third step of signing in: trust this phone",
    "mfa_activate_totp": "one's own second factor",
    "mfa_deactivate_totp": "one's own second factor",
    "mfa_view_recovery_codes": "one's own recovery codes",
    "mfa_generate_recovery_codes": "one's own recovery codes",
    "mfa_download_recovery_codes": "one's own recovery codes",
    "usersessions_list": "one's own devices",
    "openid_connect_login": "signs in at the county's or university's identity provider",
    "openid_connect_callback": "the identity provider comes back here",
    "socialaccount_signup": "closed; the libraries ask for its address",
    "socialaccount_connections": "the libraries ask for its address; leads to one's own account",
    "socialaccount_login_cancelled": "says that signing in was cancelled",
    "socialaccount_login_error": "says that signing in failed",
    "people:join": "an invitation is opened before there is an account",
    "demo": "sign-in with one click, in a demonstration database on loopback only",
    "feed_ics": "a calendar program fetches its owner's days from a secret address that he may take back",
    "healthz": "tells a monitor that the process answers",
    "readyz": "tells a monitor that database, rules, queue and disk are well",
    "outdated": "tells the user of an old browser what to do",
    "api_schema": "describes the API to programs; tells of no row",
    "api_docs": "describes the API to people; tells of no row",
    "api:unknown": "says that the API has no such address",
    "set_language": "switches the language of the interface",
}

# ---- log: JSON lines with request and actor id and no personal data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "xietong.web.middleware.log.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("XIETONG_LOG", "INFO")},
    "loggers": {
        "django": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "ERROR"},
    },
}
