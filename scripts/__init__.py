"""The command line and the builders of the embedded data."""
