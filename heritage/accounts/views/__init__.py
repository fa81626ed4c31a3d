"""Public pages of accounts."""
