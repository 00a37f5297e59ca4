'use strict';
// shapes as GeoJSON geometries again: whole numbers, each the step from the one before
(function () {
  const M = window.marchlandParts;

  function path(steps, scale) {
    const points = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      points.push([x / scale, y / scale]);
    }
    return points;
  }

  const nested = (paths, scale) => (typeof paths[0] === 'number' ? path(paths, scale) : paths.map((inner) => nested(inner, scale)));

  M.geometry = ([type, decimals, paths]) => ({ type, coordinates: nested(paths, 10 ** decimals) });
})();
