'use strict';
// names on the base map, those of lower rank left out where they would cover others
(function () {
  const M = window.marchlandParts;
  const FROM_ZOOM = { country: 0, lake: 7.5, town: 7, unit: 9 };
  const PER_ZOOM = { 6: 0, 7: 8, 8: 22, 9: 60 };

  M.labels = function (state, labels) {
    if (!state.map.getPane('ml-labels')) state.map.createPane('ml-labels').style.zIndex = 450;
    const held = labels.map((label) => {
      const icon = L.divIcon({
        className: `ml-label ml-label-${label.kind}`,
        iconSize: null,
        html: M.el('span', { dir: 'auto' }, M.t(label.name)),
      });
      return {
        label,
        latLng: M.latLng(label.at),
        marker: L.marker(M.latLng(label.at), { icon, interactive: false, keyboard: false, pane: 'ml-labels' }),
      };
    });
    const layout = () => place(state.map, held);
    state.map.on('zoomend', layout);
    layout();
  };

  function place(map, held) {
    const zoom = map.getZoom();
    const most = PER_ZOOM[Math.floor(zoom)] ?? (zoom < 6 ? 0 : Infinity);
    const boxes = [];
    let towns = 0;
    for (const one of held) {
      const size = one.label.kind === 'country' ? 13 : 6.4;
      const at = map.project(one.latLng, zoom);
      const half = (one.label.name.length * size) / 2 + 4;
      const box = [at.x - half, at.y - 9, at.x + half, at.y + 9];
      const isTown = one.label.kind === 'town';
      const fits =
        zoom >= FROM_ZOOM[one.label.kind] &&
        (!isTown || towns < most) &&
        !boxes.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
      if (fits) {
        boxes.push(box);
        towns += isTown;
        one.marker.addTo(map);
      } else one.marker.remove();
    }
  }
})();
