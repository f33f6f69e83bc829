"""The shared core: whose case it is and who stands where. Knows of no feature."""
