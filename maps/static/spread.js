'use strict';
// symbols that would cover each other move apart on the screen, each tied by a line to its own spot; the spot itself never moves
(function () {
  const M = window.marchlandParts;
  const SIZE = 27;
  const STEP = SIZE / 2;
  const MOST = 400;

  const steps = [];
  for (let x = -16; x <= 16; x++) for (let y = -16; y <= 16; y++) if (x || y) steps.push([x * STEP, y * STEP]);
  steps.sort((a, b) => Math.hypot(...a) - Math.hypot(...b) || a[1] - b[1] || a[0] - b[0]);

  const covers = (taken, x, y) => taken.some((other) => Math.abs(other[0] - x) < SIZE && Math.abs(other[1] - y) < SIZE);

  M.spread = function (map, held, ties) {
    ties.clearLayers();
    const zoom = map.getZoom();
    const taken = [];
    const pushed = [];
    for (const one of held) {
      const at = map.project(one.latLng, zoom);
      one.offset = [0, 0];
      if (held.length <= MOST && covers(taken, at.x, at.y)) pushed.push({ one, at });
      else {
        taken.push([at.x, at.y]);
        one.place();
      }
    }
    for (const { one, at } of pushed) {
      one.offset = steps.find(([x, y]) => !covers(taken, at.x + x, at.y + y)) || [0, 0];
      const spot = [at.x + one.offset[0], at.y + one.offset[1]];
      taken.push(spot);
      one.place();
      L.polyline([one.latLng, map.unproject(spot, zoom)], { className: 'ml-tie', interactive: false, weight: 1.2 }).addTo(ties);
    }
  };
})();
