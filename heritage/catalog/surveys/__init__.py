"""Surveys in the field, also without a network; what follows from them: restorations, reports, condition sheets."""
