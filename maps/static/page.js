'use strict';
// the page as a whole: when it is ready, the address of a view, the keyboard, and what others may call
(function () {
  const M = window.marchlandParts;
  const waiting = [];
  const DAY = /^\d{4}-\d{2}-\d{2}$/;

  M.whenReady = (work) => waiting.push(work);

  M.countText = function (state) {
    const total = state.records.length;
    const missing = state.store.unlocated.length;
    const { counts } = (M.data().page || { facts: {} }).facts;
    const parts = [M.t('shown {n} of {total}', { n: M.number(state.store.shownCount), total: M.number(total) })];
    if (missing) parts.push(M.t('{n} unlocated', { n: M.number(missing) }));
    if (counts && counts.held_back) parts.push(M.t('{n} held back', { n: M.number(counts.held_back) }));
    if (counts && counts.rejected) parts.push(M.t('{n} rejected', { n: M.number(counts.rejected) }));
    return parts.join('; ');
  };

  M.setTime = function (state, from, to) {
    const day = (value) => (value === null || value === undefined || value === '' ? null : String(value).slice(0, 10));
    const [first, last] = [day(from), day(to)];
    if ([first, last].some((value) => value !== null && !DAY.test(value))) throw new RangeError('days are written like 2021-05-14');
    state.period = { from: first, to: last };
    M.refresh(state);
    M.writeHash(state);
  };

  // what is filtered and the period, as the second part of the address
  function choices(state) {
    const chosen = { ...M.filterValues(state), from: state.period.from, to: state.period.to };
    const held = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
    return held.size ? `?${held}` : '';
  }
  function readChoices(state, text) {
    const { from, to, ...filter } = Object.fromEntries(new URLSearchParams(text || ''));
    if (Object.keys(filter).length) M.setFilter(state, filter);
    if ([from, to].some((day) => DAY.test(day))) M.setTime(state, DAY.test(from) ? from : null, DAY.test(to) ? to : null);
  }

  // #zoom/latitude/longitude/id?filter
  M.writeHash = function (state) {
    if (!state.settled) return;
    const centre = state.map.getCenter();
    const parts = [state.map.getZoom(), centre.lat.toFixed(4), centre.lng.toFixed(4)];
    if (state.panels.details && state.panels.details.classList.contains('ml-open') && state.selectedId)
      parts.push(encodeURIComponent(state.selectedId));
    try {
      history.replaceState(null, '', `#${parts.join('/')}${choices(state)}`);
    } catch {
      /* a frame without an address of its own */
    }
  };

  function readHash(state) {
    const [place, chosen] = location.hash.slice(1).split('?');
    const [zoom, lat, lng, id] = place.split('/');
    readChoices(state, chosen);
    const view = [zoom, lat, lng].map(Number);
    if (lng !== undefined && view.every(Number.isFinite)) state.map.setView([view[1], view[2]], view[0], { animate: false });
    else fit(state);
    if (id) {
      try {
        M.select(state, decodeURIComponent(id));
      } catch {
        /* not an address of ours */
      }
    }
  }

  function fit(state) {
    const bounds = L.latLngBounds([]);
    for (const set of state.layers) {
      const b = set.payload.bounds;
      if (b) bounds.extend(M.latLng([b[0], b[1]])).extend(M.latLng([b[2], b[3]]));
    }
    if (!bounds.isValid()) return;
    // beside the panels or below the title, whichever shows it larger; below the title only when that gains something
    const ways = {
      wide: [
        [
          [460, 30],
          [330, 40],
        ],
        [
          [50, 190],
          [330, 70],
        ],
      ],
      compact: [
        [
          [40, 120],
          [40, 90],
        ],
      ],
      narrow: [
        [
          [20, 150],
          [20, 210],
        ],
      ],
    }[M.layout(state)];
    const zoomOf = ([a, b]) => state.map.getBoundsZoom(bounds, false, L.point(a).add(b));
    const [topLeft, bottomRight] = ways.reduce((best, way) => (zoomOf(way) > zoomOf(best) ? way : best));
    state.map.fitBounds(bounds, { animate: false, maxZoom: 11, paddingTopLeft: topLeft, paddingBottomRight: bottomRight });
  }

  function keys(state) {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') M.closeDetails(state);
    });
    const skip = M.el('a', { class: 'ml-skip', href: '#marchland-legend' }, M.t('Skip the map, go to layers and lists'));
    skip.addEventListener('click', (event) => {
      const target = document.getElementById('marchland-legend');
      event.preventDefault();
      if (target) {
        target.open = true;
        target.querySelector('summary').focus();
      }
    });
    for (const [name, label] of Object.entries({ in: M.t('Zoom in'), out: M.t('Zoom out') })) {
      const button = state.box.querySelector(`.leaflet-control-zoom-${name}`);
      if (!button) continue;
      button.title = label;
      button.setAttribute('aria-label', label);
    }
    // before the map, which takes the focus itself
    state.box.parentNode.insertBefore(skip, state.box);
    window.addEventListener('beforeprint', () => {
      const legend = document.getElementById('marchland-legend');
      if (legend) legend.open = true;
      state.map.invalidateSize({ animate: false });
    });
  }

  function start() {
    const states = M.states();
    if (!states.length) return;
    waiting.splice(0).forEach((work) => work());
    for (const state of states) {
      keys(state);
      // on a narrow screen one sheet at the lower edge holds all that is not the map
      if (M.layout(state) === 'narrow' && state.box.querySelector('.ml-foot'))
        M.corner(state, 'side').append(state.box.querySelector('.ml-foot'));
      readHash(state);
      state.settled = true;
      state.map.on('moveend', () => M.writeHash(state));
      M.refresh(state);
    }
    expose(states[0]);
  }

  function expose(state) {
    const facts = (M.data().page || {}).facts;
    window.marchland = {
      ready: true,
      get counts() {
        const located = state.store.n - state.store.unlocated.length;
        return {
          ...(facts ? facts.counts : {}),
          total: state.store.n,
          located,
          unlocated: state.store.unlocated.length,
          shown: state.store.shownCount,
        };
      },
      get layers() {
        return state.entries.map((entry) => ({
          key: entry.key,
          group: entry.group,
          label: entry.label,
          total: entry.total,
          shown: entry.on ? entry.count() : 0,
          on: entry.on,
        }));
      },
      shown: () => state.store.shownCount,
      shownIds: () => state.store.shownIds(),
      setTime: (from, to) => M.setTime(state, from, to),
      setFilter: (wanted) => M.setFilter(state, wanted),
      select: (id) => M.select(state, id),
    };
  }

  window.marchland = { ready: false };
  // after every script of the page, those of other folium elements among them
  if (document.readyState === 'complete') setTimeout(() => M.whenLoaded(start));
  else window.addEventListener('load', () => M.whenLoaded(start));
})();
