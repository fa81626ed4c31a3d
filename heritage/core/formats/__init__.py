"""How numbers and days are written, where Django does not say it (`FORMAT_MODULE_PATH`)."""
