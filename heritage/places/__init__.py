"""Administrative units through time, and points on the ground."""
