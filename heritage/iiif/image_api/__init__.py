"""The IIIF Image API 3.0, level 2 with the optional features, and 2.1.1 beside it."""
