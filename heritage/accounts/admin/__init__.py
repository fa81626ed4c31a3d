"""Screens of accounts in the admin."""
