"""The change stream (IIIF Change Discovery API 1.0): a log that only grows, and its pages."""
