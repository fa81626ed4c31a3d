"""Permanent addresses, QR codes and the API."""
