"""Run by QGIS's own Python: opens a GeoPackage as a user does and prints as JSON what QGIS makes of each layer.

inspect_package.py PACKAGE IMAGE DAY
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QColor

ORDER = (
    "units", "zones", "zone_lines", "lines", "zone_points", "incident_uncertainty", "incident_areas", "incident_lines", "incidents",
    "troop_positions",
)  # fmt: skip


def described(layer, day):
    renderer, temporal = layer.renderer(), layer.temporalProperties()
    facts = {
        "valid": layer.isValid(),
        "count": layer.featureCount(),
        "rows": sum(1 for _ in layer.getFeatures()),
        "renderer": renderer.type() if renderer else None,
        "categories": [c.label() for c in renderer.categories()] if renderer and renderer.type() == "categorizedSymbol" else [],
        "symbol_layers": [s.symbolLayerCount() for s in renderer.symbols(QgsRenderContext())] if renderer else [],
        "aliases": {f.name(): f.alias() for f in layer.fields()},
        "types": {f.name(): f.typeName() for f in layer.fields()},
        "widgets": {f.name(): f.editorWidgetSetup().type() for f in layer.fields()},
        "words": layer.editorWidgetSetup(layer.fields().indexFromName("event_type")).config()
        if "event_type" in layer.fields().names()
        else {},
        "labels": layer.labelsEnabled(),
        "title": layer.metadata().title(),
        "abstract": layer.metadata().abstract(),
        "rights": layer.metadata().rights(),
        "constraints": [c.constraint for c in layer.metadata().constraints()],
        "temporal_fields": [temporal.mode(), temporal.startField(), temporal.endField()],
    }
    if temporal.startField():
        # the tick that QGIS leaves to the user for a layer added by hand
        temporal.setIsActive(True)
        start = QDateTime.fromString(day, Qt.ISODate)
        context_of = QgsVectorLayerTemporalContext()
        context_of.setLayer(layer)
        chosen = temporal.createFilterString(context_of, QgsDateTimeRange(start, start.addSecs(86399)))
        layer.setSubsetString("")
        facts["filter"] = chosen
        facts["on_day"] = sum(1 for _ in layer.getFeatures(chosen))
    return facts


def rendered(layers, path, extent):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setBackgroundColor(QColor("#d3e2ea"))
    settings.setOutputSize(QSize(1200, 900) if path else QSize(400, 300))
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    if path:
        image.save(path)
    pixels = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    return {"colours": len(pixels), "errors": [e.message for e in job.errors()]}


def main(package, image, day):
    application = QgsApplication([], False)
    application.initQgis()
    whole = QgsVectorLayer(package, "all", "ogr")
    names = [part.split("!!::!!")[1] for part in whole.dataProvider().subLayers()]
    layers = {name: QgsVectorLayer(f"{package}|layername={name}", name, "ogr") for name in names}
    for layer in layers.values():
        QgsProject.instance().addMapLayer(layer)
    drawn = [layers[name] for name in reversed(ORDER) if name in layers]
    extent = layers["units"].extent()
    result = {"layers": {name: described(layer, day) for name, layer in layers.items()}}
    for layer in drawn:
        result["layers"][layer.name()]["rendered"] = rendered([layer], "", extent)
    result["map"] = rendered(drawn, image, extent)
    print(json.dumps(result))


main(*sys.argv[1:])
