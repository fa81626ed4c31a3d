"""Public pages of maps and places."""
