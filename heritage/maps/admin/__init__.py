"""Wagtail's screens for tourist places."""
