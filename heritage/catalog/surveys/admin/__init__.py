"""Screens of surveys, restorations and reports in the admin."""
