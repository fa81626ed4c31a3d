"""Maps on paper: one drawing of a view, put on a PDF page or into a PNG picture."""
