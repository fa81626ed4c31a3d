"""Dossiers: checklists, files, completeness, publication, and exports as PDF and as BagIt bags."""
