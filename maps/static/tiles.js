'use strict';
// a base map from the network, where the page was made to have one; the embedded one stays below and takes over when it fails
(function () {
  const M = window.marchlandParts;
  const { el } = M;
  const MOST_FAILURES = 3;

  M.onlineTiles = function (map) {
    const state = M.stateOf(map);
    const source = M.data().tiles;
    const tiles = L.tileLayer(source.url, {
      subdomains: source.subdomains || 'abc',
      maxNativeZoom: source.max_zoom,
      maxZoom: map.options.maxZoom || 22,
      // some services refuse who does not say where the page stands
      referrerPolicy: 'strict-origin-when-cross-origin',
    });
    let failed = 0;
    let loaded = 0;
    const told = el('p', { class: 'ml-notice', role: 'status' });
    tiles.on('tileload', () => {
      loaded += 1;
      state.box.classList.add('ml-online');
    });
    tiles.on('tileerror', () => {
      failed += 1;
      if (failed < MOST_FAILURES || loaded) return;
      tiles.remove();
      state.box.classList.remove('ml-online');
      told.textContent = M.t('The base map from the network could not be loaded; the embedded one is shown.');
    });
    M.whenReady(() => {
      M.corner(state, 'title').append(told);
      M.corner(state, 'foot').prepend(
        el('p', { class: 'ml-tiles', dir: 'auto' }, [
          M.t('Base map from the network, not reviewed: {name}', { name: source.name }),
          '. ',
          source.attribution,
        ]),
      );
      tiles.addTo(map);
    });
  };
})();
