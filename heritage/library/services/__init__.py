"""Writes of the library: each function is one transaction."""
