"""OPDS catalogues: the library for reading programs (OPDS 2.0 and 1.2) and its audiobooks' manifests (Readium)."""
