"""The application."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases of samverkan, kept as rows of steps."""

    name = "cases"
