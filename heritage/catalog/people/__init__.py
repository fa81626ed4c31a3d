"""People of the register and what may be shown of them."""
