'use strict';
// the shape that the evidence of a record supports: a disc from centre and radius, or an outline that came with the page
(function () {
  const M = window.marchlandParts;
  const SIDES = 48;
  // WGS 84
  const A = 6378137;
  const E2 = 0.0066943799901413165;

  // metres of a degree of longitude and of latitude at a latitude
  M.metresPerDegree = function (lat) {
    const s = Math.sin((lat * Math.PI) / 180);
    const w = Math.sqrt(1 - E2 * s * s);
    const degree = Math.PI / 180;
    return [((A * Math.cos((lat * Math.PI) / 180)) / w) * degree, ((A * (1 - E2)) / w ** 3) * degree];
  };

  // a ring of points at a distance, on the sphere that fits the ellipsoid at the centre: within 0.1 % up to 100 km
  M.ring = function (lon, lat, radius) {
    const [east, north] = M.metresPerDegree(lat);
    const degree = Math.PI / 180;
    const phi = lat * degree;
    const points = [];
    for (let k = 0; k <= SIDES; k++) {
      const bearing = (-2 * Math.PI * (k % SIDES)) / SIDES;
      const x = (radius * Math.sin(bearing)) / ((east / Math.cos(phi)) / degree);
      const y = (radius * Math.cos(bearing)) / (north / degree);
      const d = Math.hypot(x, y);
      const at = Math.atan2(x, y);
      const to = Math.asin(Math.sin(phi) * Math.cos(d) + Math.cos(phi) * Math.sin(d) * Math.cos(at));
      const turn = Math.atan2(Math.sin(at) * Math.sin(d) * Math.cos(phi), Math.cos(d) - Math.sin(phi) * Math.sin(to));
      points.push([lon + turn / degree, to / degree]);
    }
    return points;
  };

  const radiusOf = (store, i) => (store.col('radius_m') ? store.col('radius_m')[i] : NaN);

  // the same for records with the same shape; null for one that is an exact point or not located
  M.shapeKey = function (store, i) {
    if (!store.located[i]) return null;
    if (store.shape[i] >= 0) return `${store.setOf[i]}/${store.shape[i]}`;
    return radiusOf(store, i) > 0 ? `${store.col('lon')[i]},${store.col('lat')[i]},${radiusOf(store, i)}` : null;
  };

  // GeoJSON geometry of a record that has a shape
  M.geometryOf = function (state, i) {
    const { store } = state;
    if (store.shape[i] >= 0) return M.geometry(state.layers[store.setOf[i]].payload.shapes[store.shape[i]]);
    return { type: 'Polygon', coordinates: [M.ring(store.col('lon')[i], store.col('lat')[i], radiusOf(store, i))] };
  };
})();
