"""The screens of reports in the admin."""
