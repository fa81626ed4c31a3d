"""Areas on the map: read from files and lists of coordinates, checked, measured on the ellipsoid, drawn."""
