"""The folium classes in a notebook that is executed, kernel and all."""

from __future__ import annotations

import json

import nbclient
import nbformat
import pytest

CELLS = (
    """
import folium
from shapely import Point
from geo.schema import incident_table
from maps import IncidentFilter, IncidentLayer, IncidentTable, Legend, TimeFilter, UnlocatedList

incidents = incident_table(
    {"id": ["a"], "title": ["{{ 7 * 191 }} </script>"], "event_type": ["shelling"], "start": ["2021-05-12"], "end": ["2021-05-14"]},
    geometry=[Point(46.3, 39.5)],
)
drawn = folium.Map(location=[39.5, 46.3], tiles=None)
for element in (IncidentLayer(incidents), TimeFilter(), IncidentFilter(), IncidentTable(), Legend(), UnlocatedList()):
    element.add_to(drawn)
drawn
""",
    """
from maps import build_map
build_map(incidents, title="A notebook", lang="fr")
""",
)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_notebook_shows_the_layer_and_the_whole_map() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown = ["".join(output["data"]["text/html"]) for cell in notebook.cells for output in cell.outputs if "data" in output]
    assert len(shown) == 2
    for page in shown:
        # folium puts the page into a frame, as its escaped source
        assert "marchland-data" in page
        assert "1337" not in page
    assert "A notebook" in shown[1]
    assert not [output for cell in notebook.cells for output in cell.outputs if output["output_type"] == "error"]
    assert json.dumps(notebook)
