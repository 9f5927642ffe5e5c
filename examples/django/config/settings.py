"""Settings of the example. No users, sessions or cookies: whoever asks shows a token; a real site puts its own login before."""

import os
import secrets
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY") or secrets.token_hex(32)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["cases"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "config.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("CASES_DATABASE", HERE / "cases.sqlite3"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},  # two writers wait for each other
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "sv"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# Every version of the plan that some case has pinned: names of shipped plans, or folders. New cases begin under the first.
SAMVERKAN_PLANS = os.environ.get("SAMVERKAN_PLANS", "vastmanland").split(os.pathsep)
# Whoever asks sends it as `Authorization: Bearer …`. Without one, nobody gets in.
CASES_TOKEN = os.environ.get("CASES_TOKEN", "")
