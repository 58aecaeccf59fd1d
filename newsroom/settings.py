"""Every setting of the site. What differs between installations comes from the environment, and is read here only.

`.env.example` names every variable; a test keeps the two equal.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy
from django_prose_editor.config import html_tags
from environs import Env, EnvError
from js_asset import static_lazy

from newsroom import database, setting_checks, storage

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
TESTING = "pytest" in sys.modules

env = Env()
if not TESTING:
    env.read_env(str(BASE_DIR / ".env"))


def _own_secret_key() -> str:
    """A key for try-outs on one machine, made once and kept out of the checkout's history."""
    file = VAR_DIR / "secret_key"
    try:
        return file.read_text()
    except FileNotFoundError:
        VAR_DIR.mkdir(exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
        return file.read_text()


try:
    DEBUG = env.bool("DEBUG", False)
    DEMO = env.bool("DEMO", False)
    SECRET_KEY = env.str("SECRET_KEY", "")
    SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
    EDITIONS = env.list("EDITIONS", ["en", "uk"])
    TIME_ZONE = env.str("TIME_ZONE", "UTC")
    DATABASE_URL = env.str("DATABASE_URL", "")
    DATABASES = {
        "default": env.dj_db_url(
            "DATABASE_URL", database.address(), conn_max_age=0 if TESTING else 60, conn_health_checks=True
        )
    }
    # Limits count in it: by itself Django keeps 300 entries and drops others that still count.
    CACHES = {"default": env.dj_cache_url("CACHE_URL", "db://cache?MAX_ENTRIES=100000")}
    EMAIL = env.dj_email_url("EMAIL_URL", "file:///" + str(VAR_DIR / "mail"))
    SECOND_FACTOR = env.str("SECOND_FACTOR", "publishers")
    DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "newsroom@localhost")
    STORAGE_URL = env.str("STORAGE_URL", (VAR_DIR / "media").as_uri())
    MEDIA_URL = env.str("MEDIA_URL", "/media/")
    HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
    HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
except (EnvError, ValueError) as error:
    raise ImproperlyConfigured(f"A setting is wrong: {error}. Correct it in the environment or in .env.") from error

setting_checks.demand_editions(EDITIONS)
setting_checks.demand_site_url(SITE_URL)
setting_checks.demand_time_zone(TIME_ZONE)
setting_checks.demand_postgresql(DATABASES["default"]["ENGINE"])
setting_checks.demand_mail_address(env.str("EMAIL_URL", "file://"))
_MEDIA_STORAGES = setting_checks.right("STORAGE_URL", storage.storages, STORAGE_URL, MEDIA_URL)
# Beside the files that they become, so that moving one there is one step; with a bucket, where the system has them.
FILE_UPLOAD_TEMP_DIR = setting_checks.right("STORAGE_URL", storage.incoming, STORAGE_URL)
MEDIA_HOST = setting_checks.right("MEDIA_URL", storage.media_host, MEDIA_URL)
setting_checks.demand_second_factor(SECOND_FACTOR)
setting_checks.demand_this_machine(SITE_URL, is_demo=DEMO)
if DEMO:
    SECOND_FACTOR = "nobody"  # its passwords are known anyway, and everyone shall get in at once
SECRET_KEY_IS_SET = bool(SECRET_KEY)
_is_tried_out = DEBUG or DEMO or TESTING or setting_checks.is_this_machine(SITE_URL)
setting_checks.demand_secret_key(SECRET_KEY, may_be_made=_is_tried_out)
SECRET_KEY = SECRET_KEY or _own_secret_key()
ALLOWED_HOSTS = ALLOWED_HOSTS or [str(urlsplit(SITE_URL).hostname)]
_SECURE = SITE_URL.startswith("https://")

# --- What the site is made of ---

INSTALLED_APPS = [
    "newsroom",
    "articles",
    "corrections",
    *(["demo"] if DEMO or TESTING else []),
    "unfold",
    "django_prose_editor",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "newsroom.middleware.DatabaseGuard",
    "newsroom.middleware.ContentSecurityPolicy",
    "newsroom.middleware.CrossOriginPolicies",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.Compression",
    "newsroom.middleware.EditionByPath",
    "newsroom.middleware.OldAddresses",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "newsroom.second_factor.AdminDoor",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language and time ---

#: The languages that the interface speaks, and those of the outlet's own editions: there it speaks its first edition's.
LANGUAGES = [("en", "English"), ("uk", "Українська")]
LANGUAGES += [(code, LANG_INFO[code]["name_local"]) for code in EDITIONS if code not in dict(LANGUAGES)]
LANGUAGE_CODE = EDITIONS[0]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_I18N = True
USE_TZ = True

# --- Accounts ---

AUTH_USER_MODEL = "newsroom.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # what older versions stored; changed to the first at sign-in
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
ACCOUNT_ADAPTER = "newsroom.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # or anybody could have letters sent to strangers
# Five by the name and five by the e-mail address: ten tries of an account's password in a quarter of an hour.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key", "reset_password": "20/m/ip,5/h/key"}
MFA_ADAPTER = "newsroom.second_factor.MFAAdapter"
ACCOUNT_FORMS = {
    "change_password": "newsroom.account_forms.ChangePassword",
    "reset_password_from_key": "newsroom.account_forms.NewPassword",
}
MFA_FORMS = {
    name: f"newsroom.account_forms.{form}"
    for name, form in {
        "authenticate": "ShowCode",
        "reauthenticate": "ShowCodeAgain",
        "activate_totp": "SetUpApp",
        "add_webauthn": "AddPasskey",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True  # also the way in for whoever somebody else's guesses have locked out
MFA_TOTP_TOLERANCE = 1  # steps of half a minute: clocks go wrong, and people type slowly
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE  # this machine only: browsers offer it nowhere else without https

# --- Mail ---

EMAIL_TIMEOUT = 15  # seconds, or a mail server that says nothing would keep the queue's worker for ever
IS_MAIL_SET_UP = not EMAIL["EMAIL_BACKEND"].endswith(("filebased.EmailBackend", "dummy.EmailBackend"))
vars().update({name: value for name, value in EMAIL.items() if name.startswith("EMAIL_")})

# --- Files ---

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    **_MEDIA_STORAGES,  # "default" for the site alone, "public" for every reader
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["newsroom.uploads.BoundedUploadHandler"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING

# --- Security ---

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _SECURE
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "newsroom_session"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "newsroom_csrf"
SECURE_HSTS_SECONDS = 63_072_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE and HSTS_SUBDOMAINS
SECURE_HSTS_PRELOAD = _SECURE and HSTS_PRELOAD
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie beside these two
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Everything comes from here alone, but for pictures where an installation keeps them elsewhere. A "data:" picture is the
# code that a phone reads to become a second factor.
_COMMON_POLICY = {
    "default-src": [NONE],
    "img-src": [SELF, "data:", *([MEDIA_HOST] if MEDIA_HOST else [])],
    "connect-src": [SELF],
    "font-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _COMMON_POLICY | {"script-src": [SELF], "style-src": [SELF]}}
# Why each of these is needed stands in docs/decisions/0080.
ADMIN_POLICY = _COMMON_POLICY | {
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}
CROSS_ORIGIN_EMBEDDER_POLICY = "credentialless" if MEDIA_HOST else "require-corp"
# What a page of ours never asks of a reader's device.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "usb",
    )
}  # fmt: skip

# --- Libraries ---

CRISPY_TEMPLATE_PACK = "components"  # templates/components/
CRISPY_ALLOWED_TEMPLATE_PACKS = ("components",)
UNFOLD = {
    "SITE_TITLE": "Newsroom",
    "SITE_HEADER": "Newsroom",
    "SITE_URL": "/",
    "DASHBOARD_CALLBACK": "articles.dashboard.dashboard",
    "STYLES": ["newsroom.admin.stylesheet"],
    "SCRIPTS": ["newsroom.admin.script"],
    "SITE_SYMBOL": "newspaper",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "newsroom.admin.icon"}],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "4px",
    "COLORS": {
        "primary": {
            "50": "oklch(97% .013 25)",
            "100": "oklch(94% .03 25)",
            "200": "oklch(89% .06 25)",
            "300": "oklch(81% .1 25)",
            "400": "oklch(73% .14 25)",
            "500": "oklch(65% .17 26)",
            "600": "oklch(49% .17 28)",
            "700": "oklch(43% .15 28)",
            "800": "oklch(38% .13 28)",
            "900": "oklch(33% .1 28)",
            "950": "oklch(24% .07 28)",
        },
    },
    "ACCOUNT": {"navigation": [{"title": gettext_lazy("Your account"), "link": "newsroom.admin.own_account"}]},
    "SIDEBAR": {"show_search": True, "navigation": "newsroom.admin.navigation"},
}
# The editor of texts: extensions of our own. `newsroom/editor.py` says which of them a field has.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy(f"js/editor/{module}.js")],
        "extensions": {name: html_tags([]) for name in names},  # nothing: what is stored is up to newsroom.html
    }
    for module, names in {
        "house": ["House", "HouseLink"],
        "footnotes": ["ArticleDocument", "Footnotes"],
        "quoted-post": ["QuotedPost"],
        "picture": ["Picture", "PictureCaption"],
    }.items()
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"mask_links": {"()": "newsroom.logs.MaskLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask_links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
