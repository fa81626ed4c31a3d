"""Digital objects served by the IIIF Image and Presentation APIs."""
