"""Addresses of the site."""

from cases import views
from django.urls import path

urlpatterns = [
    path("arenden/<slug:ref>/", views.page, name="page"),
    path("arenden/<slug:ref>/handelser", views.events, name="events"),
    path("arenden/<slug:ref>/svar.json", views.answer, name="answer"),
    path("arenden/<slug:ref>/liggare.json", views.ledger, name="ledger"),
]
