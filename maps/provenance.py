"""What an output says about itself: version, viewpoint, day, counts, sources, disclaimer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from boundaries.catalogue import Catalogue
from geo.schema import Counts, Dossier
from geo.version import tool_version

DISCLAIMER = (
    "Boundaries, names and designations on this map do not imply endorsement or acceptance by its authors. Dashed lines mark "
    "boundaries that are disputed, undelimited, schematic or lines of control. Incidents, positions and zones are as reported "
    "by the sources named, and no more exact than these support."
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Facts about a build that every output carries.

    Attributes
    ----------
    version
        Of marchland.
    viewpoint
        Whose depiction of contested things is drawn.
    as_of
        ISO date of boundaries and zones; ``None``: each incident's own day.
    counts
        Where the rows went.
    attribution
        One line for each dataset that was used.
    disclaimer
        What the map does not say.
    inputs
        Name and sha256 of each input.
    """

    version: str
    viewpoint: str
    as_of: str | None
    counts: Counts
    attribution: tuple[str, ...]
    disclaimer: str
    inputs: tuple[tuple[str, str | None], ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        values = asdict(self)
        values["inputs"] = [{"name": name, "sha256": digest} for name, digest in self.inputs]
        values["attribution"] = list(self.attribution)
        return values


def gazetteer_attribution() -> str:
    """Whom an output that used the names and places of the embedded gazetteer must credit."""
    records = json.loads((files("geo") / "data" / "records.json").read_text(encoding="utf-8"))
    return str(next(record["attribution"] for record in records if record["id"] == "places"))


def provenance_of(dossier: Dossier, catalogue: Catalogue, *, day: date | None = None, viewpoint: str = "neutral") -> Provenance:
    """The provenance of a dossier assigned to a catalogue.

    Parameters
    ----------
    dossier, catalogue
        What is drawn or exported.
    day
        The one day of the catalogue; ``None``: each incident's own.
    viewpoint
        As drawn.
    """
    return Provenance(
        version=tool_version(),
        viewpoint=viewpoint,
        as_of=day.isoformat() if day else None,
        counts=dossier.counts(),
        attribution=(*catalogue.attributions, gazetteer_attribution()),
        disclaimer=DISCLAIMER,
        inputs=tuple((file.name, file.sha256) for file in dossier.files),
    )
