"""The public API, version 1: read-only, open to every origin, described by OpenAPI 3.1. One file per endpoint."""
