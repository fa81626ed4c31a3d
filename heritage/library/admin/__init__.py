"""Screens of the library in the admin: one viewset or view a file."""
