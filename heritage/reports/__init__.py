"""Indicators and state of the service."""
