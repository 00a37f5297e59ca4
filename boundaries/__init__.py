"""Dated units, lines and zones, and which of them holds a location.

Builds on `geo`; draws nothing (see `maps`).
"""
