"""Django settings. Every setting of an installation is read here, once, from the environment.

The manual (docs/manual/*/settings.md) lists them all; a test holds the two together.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from netral.project.environment import (
    CHECKOUT,
    env_file,
    load_env_file,
    parse_database,
    read_choice,
    read_flag,
    read_list,
    read_number,
    read_text,
)

load_env_file(env_file())

# --- where things are -------------------------------------------------------------------------
VAR_DIR = CHECKOUT / "var"
if read_text("NETRAL_VAR"):
    from pathlib import Path

    VAR_DIR = Path(read_text("NETRAL_VAR")).expanduser().resolve()
MEDIA_ROOT = VAR_DIR / "files"
UPLOAD_DIR = VAR_DIR / "uploads"
MAIL_DIR = VAR_DIR / "mail"
LOG_DIR = VAR_DIR / "log-files"
"""The public log as static files; nothing in it is secret."""
KEY_DIR = VAR_DIR / "keys"
"""The keys that sign the log; nobody but Netral may read it."""

# --- what this installation is ------------------------------------------------------------------
DEMO = read_flag("NETRAL_DEMO", default=False)
"""A demonstration: invented people only, sign-ins printed, the day can be changed."""
DEBUG = read_flag("NETRAL_DEBUG", default=False)
PUBLIC_URL = read_text("NETRAL_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
IS_TLS = _public.scheme == "https"
SECRET_KEY = read_text("NETRAL_SECRET_KEY", "demonstration-only-not-a-secret")
DOCUMENT_KEY = read_text("NETRAL_DOCUMENT_KEY", "")
"""PEM file with a P-256 key and its certificate, for sealing documents; empty: one of our own."""
CODE_KEY = read_text("NETRAL_CODE_KEY", SECRET_KEY)
"""Keys the lookup hashes of claim codes. Changing it makes every printed slip useless."""

ALLOWED_HOSTS = [_public.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS += read_list("NETRAL_EXTRA_HOSTS")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_TLS else []
if IS_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = False  # the proxy redirects; the health address stays reachable inside
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "netral.base.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- parts --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "netral.base",
    "netral.people",
    "netral.elections",
    "netral.pledges",
    "netral.guidance",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # its widgets, for the renderer that looks in our templates first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "netral.base.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "netral.base.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "netral.base.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "netral.people.workplace.ChosenWorkplace",
    "netral.people.zone.ForgetZone",
    "netral.base.access.Gate",
]

ROOT_URLCONF = "netral.project.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "netral.base.ui.context.page_frame",
            ],
            "builtins": ["django.templatetags.i18n", "netral.base.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "netral.base.ui.forms.Renderer"
WSGI_APPLICATION = "netral.project.wsgi.application"

# --- database -----------------------------------------------------------------------------------
_database = parse_database(
    read_text("NETRAL_DATABASE") or f"sqlite:///{VAR_DIR / 'netral.sqlite3'}"
)
DATABASES: dict[str, dict[str, Any]]
if _database.engine == "sqlite":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _database.name,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # IMMEDIATE: a transaction that will write takes its turn at the start instead of
                # failing in the middle. FULL: what was confirmed to a phone survives a power cut.
                # The checkpoint of the file comes after 64 MB instead of 4: a hall writes the same
                # pages again and again, and each checkpoint waits for the disk twice.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; "
                    "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=16000;"
                ),
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _database.name,
            "USER": _database.user,
            "PASSWORD": _database.password,
            "HOST": _database.host,
            "PORT": _database.port,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "base_cache"}
}

# --- background work ----------------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": read_text("NETRAL_TASKS", "django_tasks_db.DatabaseBackend"),
        "QUEUES": ["default", "imports", "mail"],
    }
}

# --- language, time, files ----------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_TZ = True
_ZONES = {"wita": "Asia/Makassar", "wib": "Asia/Jakarta", "wit": "Asia/Jayapura"}
TIME_ZONE = _ZONES[read_choice("NETRAL_TIME_ZONE", tuple(_ZONES))]
"""Of commands, nightly work, and pages that belong to no office; the others go by their office."""
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["netral.project.formats"]
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
IMPORT_MAX_BYTES = read_number("NETRAL_IMPORT_MAX_MB", 50) * 1024 * 1024

# --- mail ---------------------------------------------------------------------------------------
EMAIL_HOST = read_text("NETRAL_MAIL_HOST")
EMAIL_PORT = read_number("NETRAL_MAIL_PORT", 587)
EMAIL_HOST_USER = read_text("NETRAL_MAIL_USER")
EMAIL_HOST_PASSWORD = read_text("NETRAL_MAIL_PASSWORD")
EMAIL_USE_TLS = read_flag("NETRAL_MAIL_TLS", default=True)
DEFAULT_FROM_EMAIL = read_text("NETRAL_MAIL_FROM", "netral@localhost")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = MAIL_DIR

# --- signing in ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["netral.people.signin.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "netral.people.signin.Adapter"
SOCIALACCOUNT_ADAPTER = "netral.people.signin.SingleSignOnAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {
    "login": "netral.people.forms.accounts.SignInForm",
    "reauthenticate": "netral.people.forms.accounts.ConfirmPasswordForm",
    "change_password": "netral.people.forms.accounts.ChangeOwnPasswordForm",
}
MFA_FORMS = {
    "authenticate": "netral.people.forms.accounts.SecondStepForm",
    "reauthenticate": "netral.people.forms.accounts.SecondStepAgainForm",
    "activate_totp": "netral.people.forms.accounts.ActivateAppForm",
    "add_webauthn": "netral.people.forms.accounts.AddPasskeyForm",
    "edit_webauthn": "netral.people.forms.accounts.RenamePasskeyForm",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Netral"
MFA_TOTP_TOLERANCE = 1  # a code typed as it ran out, or a phone up to 30 seconds off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_TLS
MFA_ADAPTER = "netral.people.signin.SecondFactorAdapter"
# Counted per account alone: an address may be a whole hall. Passwords: people.services.throttling.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key", "signup": None}
MFA_RATE_LIMITS = {"webauthn_login": None}
ALLAUTH_TRUSTED_PROXY_COUNT = read_number("NETRAL_PROXIES", 1 if IS_TLS else 0)
"""How many reverse proxies of our own stand before the pages; their last address is believed."""
USERSESSIONS_TRACK_ACTIVITY = False  # it would write a row on every request
OIDC_ISSUER = read_text("NETRAL_OIDC_ISSUER")
OIDC_NUMBER_CLAIM = read_text("NETRAL_OIDC_NUMBER_CLAIM", "nip")
"""The claim of the provider that carries the staff number."""
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": read_text("NETRAL_OIDC_NAME", "SSO"),
                "client_id": read_text("NETRAL_OIDC_CLIENT_ID"),
                "secret": read_text("NETRAL_OIDC_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# --- logs: structured, without personal data ----------------------------------------------------
LOGGING_CONFIG = None  # netral.base.logs sets it up, one line of JSON per event
LOG_FORMAT = read_choice("NETRAL_LOG_FORMAT", ("json", "plain"))
LOG_LEVEL = read_choice("NETRAL_LOG_LEVEL", ("info", "debug", "warning", "error"))
SILENCED_SYSTEM_CHECKS: list[str] = []
