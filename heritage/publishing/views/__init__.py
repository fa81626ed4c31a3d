"""Views of permanent addresses, QR codes and labels."""
