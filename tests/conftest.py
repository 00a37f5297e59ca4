"""Being here makes the helpers in this folder importable for the tests in it and below."""
