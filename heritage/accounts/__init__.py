"""Users, their roles by administrative unit, and the policies that follow from them."""
