"""Screens of dossiers in the admin."""
