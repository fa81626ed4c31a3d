"""Scans in the admin."""
