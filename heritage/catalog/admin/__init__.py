"""Screens of the register in the admin: one viewset a file."""
