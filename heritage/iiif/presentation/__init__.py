"""The IIIF Presentation API 3.0: manifests and collections, built with iiif-prezi3."""
