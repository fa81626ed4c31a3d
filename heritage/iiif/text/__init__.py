"""Page text: reading ALTO and hOCR, and searching within an object."""
