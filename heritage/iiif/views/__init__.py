"""Views of iiif."""
