"""Tourist places and maps of them."""
