"""Views of the library: HTTP only."""
