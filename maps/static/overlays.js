'use strict';
// boundaries and zones: which of their features were in force, which lie under a spot, and what is told about them
(function () {
  const M = window.marchlandParts;
  const NEAR_PX = 7;

  M.bindOverlay = function (map, layer, key) {
    const state = M.stateOf(map);
    const told = M.data().overlays[key];
    const features = told.features.map((feature) => ({ ...told.common, ...feature }));
    layer.addData({
      type: 'FeatureCollection',
      features: told.shapes.map((shape, n) => ({ type: 'Feature', properties: { n }, geometry: M.geometry(shape) })),
    });
    const overlay = { key, layer, told, features, paths: [], shown: true };
    layer.eachLayer((path) => {
      overlay.paths.push({ path, feature: features[path.feature.properties.n] });
    });
    state.overlays.push(overlay);
    const explained = () => {
      const shown = overlay.paths.filter((held) => layer.hasLayer(held.path));
      return shown.length ? shown : overlay.paths;
    };
    if (told.group) {
      state.entries.push({
        key,
        group: told.group,
        order: told.order,
        label: told.label,
        swatch: () => M.swatch(told.stroke, key),
        count: () => overlay.paths.filter((held) => layer.hasLayer(held.path)).length,
        total: overlay.paths.length,
        on: true,
        toggle: (on) => {
          overlay.shown = on;
          if (on) layer.addTo(map);
          else layer.remove();
        },
        explain: () =>
          M.showDetails(
            state,
            M.t(told.label),
            [M.el('h2', { tabindex: -1 }, M.t(told.label))].concat(explained().map((held) => M.overlayDetails(told, held.feature))),
          ),
      });
    }
    if (!state.listensForClicks) {
      state.listensForClicks = true;
      map.on('click', (event) => tellSpot(state, event));
    }
  };

  M.filterOverlays = function (state) {
    // without a period chosen, that of the incidents
    const period = state.period.from || state.period.to ? state.period : state.span;
    for (const overlay of state.overlays) {
      for (const held of overlay.paths) {
        const wanted = M.inForce(held.feature, period);
        if (wanted && !overlay.layer.hasLayer(held.path)) overlay.layer.addLayer(held.path);
        if (!wanted && overlay.layer.hasLayer(held.path)) overlay.layer.removeLayer(held.path);
      }
    }
  };

  const flatRings = (latLngs) => (latLngs.length && Array.isArray(latLngs[0]) ? latLngs.flatMap(flatRings) : [latLngs]);

  function inRings(rings, spot) {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [a, b] = [ring[i], ring[j]];
        if (a.lat > spot.lat !== b.lat > spot.lat && spot.lng < ((b.lng - a.lng) * (spot.lat - a.lat)) / (b.lat - a.lat) + a.lng)
          inside = !inside;
      }
    }
    return inside;
  }

  function nearLine(map, rings, spot) {
    const point = map.latLngToLayerPoint(spot);
    return rings.some((ring) =>
      ring.some(
        (latLng, i) =>
          i > 0 && L.LineUtil.pointToSegmentDistance(point, map.latLngToLayerPoint(ring[i - 1]), map.latLngToLayerPoint(latLng)) < NEAR_PX,
      ),
    );
  }

  function tellSpot(state, event) {
    const found = [];
    for (const overlay of state.overlays.slice().reverse()) {
      if (!overlay.shown || !overlay.told.group) continue;
      for (const held of overlay.paths) {
        if (!overlay.layer.hasLayer(held.path)) continue;
        const rings = flatRings(held.path.getLatLngs());
        const hit = held.path instanceof L.Polygon ? inRings(rings, event.latlng) : nearLine(state.map, rings, event.latlng);
        if (hit) found.push(M.overlayDetails(overlay.told, held.feature));
      }
    }
    M.deselect(state);
    if (!found.length) {
      M.closeDetails(state);
      return;
    }
    found.slice(1).forEach((element, i) => {
      if (i > 1) element.removeAttribute('open');
    });
    M.showDetails(state, M.t('What is drawn here'), [M.el('h2', { tabindex: -1 }, M.t('What is drawn here'))].concat(found));
  }
})();
