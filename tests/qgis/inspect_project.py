"""Run by QGIS's own Python: opens a project and prints as JSON what QGIS makes of it.

inspect_project.py PROJECT DAY[,DAY…] IMAGE
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt


def on_day(layer, period):
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    return sum(1 for _ in layer.getFeatures(layer.temporalProperties().createFilterString(context, period)))


def drawn(project, layers, period, path):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setBackgroundColor(project.backgroundColor())
    settings.setOutputSize(QSize(1200, 900))
    settings.setDestinationCrs(project.crs())
    settings.setExtent(project.mapLayer("marchland_units").extent())
    if period:
        settings.setIsTemporal(True)
        settings.setTemporalRange(period)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(path)
    return [error.message for error in job.errors()]


def main(package, days, image):
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    opened = project.read(package)
    starts = {day: QDateTime.fromString(day, Qt.ISODate) for day in days.split(",")}
    periods = {day: QgsDateTimeRange(start, start.addSecs(86399)) for day, start in starts.items()}
    layers = {ident.removeprefix("marchland_"): layer for ident, layer in project.mapLayers().items()}
    root = project.layerTreeRoot()
    order = [layer for layer in root.layerOrder() if layer.isSpatial()]
    relations = project.relationManager().relations()
    # one open request at a time: QGIS has few connections to a file and waits for them for ever
    incident = next(iter(list(layers["incidents"].getFeatures())))
    related = {name: len(list(relation.getRelatedFeatures(incident))) for name, relation in relations.items() if "incidents" in name}
    result = {
        "opened": opened,
        "crs": project.crs().authid(),
        "groups": [group.name() for group in root.children()],
        "order": [layer.id().removeprefix("marchland_") for layer in order],
        "valid": {name: layer.isValid() for name, layer in layers.items()},
        "temporal": {name: layer.temporalProperties().isActive() for name, layer in layers.items()},
        "counts": {name: layer.featureCount() for name, layer in layers.items()},
        "on_day": {day: on_day(layers["incidents"], period) for day, period in periods.items()},
        "relations": {name: relation.isValid() for name, relation in relations.items()},
        "related": related,
        "errors": drawn(project, order, None, image)
        + drawn(project, order, next(iter(periods.values())), image.replace(".png", "-day.png")),
    }
    print(json.dumps(result))


main(*sys.argv[1:])
