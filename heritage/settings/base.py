"""Settings shared by every way of running the archive; each reads what may differ from the environment.

The names a deployment may set are listed in docs/admin/settings.md.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from heritage.settings import basemaps

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
# Letters to owners of places, readers and staff; docs/admin/settings.md says how the address is written.
_mail = env.email("EMAIL_URL", default="smtp://localhost:25")
EMAIL_BACKEND: str = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "heritage.demo",
    "heritage.home",
    "heritage.reports",
    "heritage.publishing",
    "heritage.search",
    "heritage.maps",
    "heritage.library",
    "heritage.catalog",
    "heritage.iiif",
    "heritage.accounts",
    "heritage.places",
    "heritage.core",
    "heritage.vietnamese",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "heritage.accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "heritage.core.nul.NulMiddleware",  # before anything that asks the database
    "heritage.iiif.middleware.ImageMiddleware",  # tiles of open images need nothing of what follows
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "heritage.core.csp.PublicPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "heritage.core.locale.AddressLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "heritage.home.middleware.PrivateAnswersMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "heritage.urls"
WSGI_APPLICATION = "heritage.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "heritage" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "heritage.vietnamese.templates.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "heritage.core.context.portal",
            ],
        },
    }
]

# --- data -------------------------------------------------------------------
# SQLite: WAL lets readers go on while one writes; immediate transactions and the busy timeout make
# writers queue instead of failing half-way; foreign keys are on by Django's own doing.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
        "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
    ),
}
DATABASES: dict[str, Any] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'archive.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)  # SQLite makes its file, but not the folder of it
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Kept between requests: opening SQLite and setting its pragmas costs more than most pages' queries.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
    },
}

# --- accounts ---------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "heritage.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
WAGTAILADMIN_LOGIN_URL = "login"  # one door for staff and readers
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "heritage.core.client.address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- languages --------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
FORMAT_MODULE_PATH = ["heritage.core.formats"]  # Vietnamese numbers are grouped by three; Django knows the sign only
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [
    BASE_DIR / "heritage" / "locale",
    BASE_DIR / "heritage" / "vietnamese" / "javascript",  # Wagtail's script catalogue reads no other app's
]

# --- files ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "heritage" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "heritage.core.static_files.RememberingStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an edit form with hundreds of inline rows is one request
FILE_UPLOAD_PERMISSIONS = 0o640

# --- wagtail ----------------------------------------------------------------
WAGTAIL_SITE_NAME = _("Heritage archive")
WAGTAILIMAGES_IMAGE_MODEL = "core.ArchiveImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.ArchiveDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "geojson", "kml", "ods", "odt", "pdf", "txt", "xlsx", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_RESPONSIVE_HTML = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_USAGE_COUNT_ENABLED = True

# --- the archive's own ------------------------------------------------------
# "" = the tantivy index below VAR_DIR; http(s)://… = Elasticsearch 8.19.
SEARCH_URL = env.str("SEARCH_URL", default="")
SEARCH_INDEX_DIR = VAR_DIR / "search"
SEARCH_BUILD_PROCESSES = env.int("SEARCH_BUILD_PROCESSES", default=2)
IIIF_ORIGINALS_DIR = MEDIA_ROOT / "iiif" / "originals"
IIIF_PYRAMIDS_DIR = MEDIA_ROOT / "iiif" / "pyramids"
# "" = the folder; "s3://bucket/prefix" = S3-compatible storage, its address and keys in AWS_ENDPOINT and the like.
IIIF_PYRAMIDS_URL = env.str("IIIF_PYRAMIDS_URL", default="")
IIIF_ORIGINALS_URL = env.str("IIIF_ORIGINALS_URL", default="")
IIIF_UPLOADS_DIR = MEDIA_ROOT / "iiif" / "uploads"
IIIF_CACHE_DIR = VAR_DIR / "iiif-cache"
IIIF_CACHE_BYTES = env.int("IIIF_CACHE_BYTES", default=2 * 1024**3)
IIIF_MAX_UPLOAD_BYTES = env.int("IIIF_MAX_UPLOAD_BYTES", default=1024**3)
# The largest file that an item of a dossier takes.
DOSSIER_MAX_FILE_BYTES = env.int("DOSSIER_MAX_FILE_BYTES", default=200 * 1024**2)
# What one ZIP of scans may hold, packed and unpacked.
IIIF_MAX_BATCH_BYTES = env.int("IIIF_MAX_BATCH_BYTES", default=20 * 1024**3)
# What one answer of the Image API may hold, in pixels.
IIIF_MAX_WIDTH = env.int("IIIF_MAX_WIDTH", default=12_000)
IIIF_MAX_HEIGHT = env.int("IIIF_MAX_HEIGHT", default=12_000)
IIIF_MAX_AREA = env.int("IIIF_MAX_AREA", default=36_000_000)
# Other spellings of a picture's address lead to its canonical one (Image API 3.0, section 4.7).
IIIF_CANONICAL_REDIRECT = env.bool("IIIF_CANONICAL_REDIRECT", default=False)
# The longer side, in pixels, of what the public gets of an image that it sees in a reduced size only.
IIIF_REDUCED_SIDE = env.int("IIIF_REDUCED_SIDE", default=1_024)
# The networks of the reading room, such as 10.1.0.0/16; pictures for it are shown there without logging in.
IIIF_ON_SITE_NETWORKS: list[str] = env.list("IIIF_ON_SITE_NETWORKS", default=[])
# "" = this process sends private files itself; "/protected" = nginx does, by X-Accel-Redirect to that location.
ACCEL_PREFIX = env.str("ACCEL_PREFIX", default="")
# Apache (mod_xsendfile) or lighttpd sends private files, by X-Sendfile with the path of the file.
X_SENDFILE = env.bool("X_SENDFILE", default=False)
# The files of e-books and audiobooks: "" = below MEDIA_ROOT; "s3://bucket/prefix" = S3-compatible storage.
LIBRARY_FILES_URL = env.str("LIBRARY_FILES_URL", default="")
# "/bucket" = nginx fetches what lies in a bucket, by X-Accel-Redirect to that location with a signed address.
ACCEL_S3_PREFIX = env.str("ACCEL_S3_PREFIX", default="")
# Players and reading programs are sent on to a signed address of the bucket, which they must be able to reach.
S3_REDIRECT = env.bool("S3_REDIRECT", default=False)
S3_ORIGINS = [env.str("AWS_ENDPOINT", default="") or "https://*.amazonaws.com"] if S3_REDIRECT else []
# "" = the offline basemap; otherwise an XYZ address such as https://tiles.example/{z}/{x}/{y}.png
MAP_TILES_URL = env.str("MAP_TILES_URL", default="")
MAP_TILES_ATTRIBUTION = env.str("MAP_TILES_ATTRIBUTION", default="")
# Further basemaps to choose from, as JSON: XYZ, WMTS, PMTiles or a vector style (docs/admin/settings.md)
MAP_BASEMAPS = basemaps.read(env.str("MAP_BASEMAPS", default=""), MAP_TILES_URL, MAP_TILES_ATTRIBUTION)
# "" = straight-line estimates; otherwise the address of an OSRM or Valhalla server for walking and driving times
ROUTING_URL = env.str("ROUTING_URL", default="")
ROUTING_KIND = env.str("ROUTING_KIND", default="osrm")
# `migrate` makes the home pages, the news list and the standing pages where they are missing.
SITE_SET_UP_AFTER_MIGRATE = True
# Every page says that its content is a sample.
SAMPLE_NOTICE = env.bool("SAMPLE_NOTICE", default=False)
# How far "around here" reaches, in metres by layer of the map.
NEARBY_RADIUS_M = {"food": 8000, "service": 8000, "shopping": 10_000, "default": 20_000}
# Who has a record open holds it while their page was heard of, and while they did something, within so many seconds.
EDIT_HOLD_HEARTBEAT = env.int("EDIT_HOLD_HEARTBEAT", default=5 * 60)
EDIT_HOLD_INACTIVITY = env.int("EDIT_HOLD_INACTIVITY", default=15 * 60)
# When a change of a record needs a reason: "public" (of what is public), "always" or "never".
EDIT_REASONS = env.str("EDIT_REASONS", default="public")
# Requests a minute that one address may make to the API, OAI-PMH and exports; 0 = any number.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=0)
# Whether a web server in front says by X-Forwarded-For and -Proto who asks and how.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
PUBLIC_QUERY_MAX_LENGTH = 200
PUBLIC_PAGE_SIZE = 24
PUBLIC_MAX_PAGE = 1000

# --- security ---------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The hosts of the basemaps a deployment names are the only foreign ones a page may reach.
TILE_HOSTS = basemaps.hosts(MAP_BASEMAPS)
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF, *TILE_HOSTS],
        "media-src": [SELF, "blob:", *S3_ORIGINS],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF, "blob:"],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"heritage": {"level": env.str("LOG_LEVEL", default="INFO")}},
}
