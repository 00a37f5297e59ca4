"""What was reported, where, when and by whom.

Reads reports into one table of incidents and places them by name or coordinate. Knows no polygon dataset (see `boundaries`)
and no map (see `maps`).
"""
