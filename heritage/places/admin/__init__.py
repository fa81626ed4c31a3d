"""Wagtail's screens for administrative units."""
