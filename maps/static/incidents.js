'use strict';
// the incident layer: a symbol and a shape for each located incident, one entry of the legend for each event type
(function () {
  const M = window.marchlandParts;
  const SIZE = 28;

  M.incidentLayer = function (map, name) {
    const state = M.stateOf(map);
    const payload = M.data().incidents[name];
    const layer = L.layerGroup();
    const ties = L.layerGroup();
    const held = payload.records.filter((record) => record.at).map((record) => entryOf(state, record));
    const set = { name, payload, layer, ties, held, types: new Map(), shapes: payload.shapes.map(() => null) };
    state.layers.push(set);
    payload.records.forEach((record) => state.records.push(record));
    for (const type of Object.keys(M.typeWords)) addType(state, set, type);
    layer.on('add', () => {
      ties.addTo(map);
      M.refresh(state);
      map.on('zoomend', relay);
    });
    layer.on('remove', () => {
      ties.remove();
      set.held.forEach((one) => one.marker.remove());
      dropShapes(set);
      map.off('zoomend', relay);
    });
    function relay() {
      M.spread(
        map,
        set.held.filter((one) => one.shown),
        ties,
      );
    }
    return layer;
  };

  function entryOf(state, record) {
    const latLng = M.latLng(record.at);
    const one = { record, latLng, shown: false, offset: [0, 0] };
    const label = M.nameOf(record);
    const icon = (offset) =>
      L.divIcon({
        className: 'ml-marker',
        html: M.symbol(record, SIZE),
        iconSize: [SIZE, SIZE],
        iconAnchor: [SIZE / 2 - offset[0], SIZE / 2 - offset[1]],
      });
    one.marker = L.marker(latLng, { icon: icon([0, 0]), title: M.titleOf(record), alt: label, keyboard: true, riseOnHover: true });
    one.marker.on('add', () => {
      const element = one.marker.getElement();
      element.setAttribute('aria-label', label);
      element.setAttribute('role', 'button');
      mark(state, one);
    });
    one.marker.on('click keypress', (event) => {
      if (event.type === 'keypress' && !['Enter', ' '].includes(event.originalEvent.key)) return;
      L.DomEvent.stop(event);
      M.select(state, record.id);
    });
    one.marker.on('mouseover', () => M.lift(state, one, true));
    one.marker.on('mouseout', () => M.lift(state, one, false));
    one.place = () => {
      const element = one.marker.getElement();
      if (!element) {
        one.marker.options.icon = icon(one.offset);
        return;
      }
      // moved without a new element, so that the focus stays
      one.marker.options.icon.options.iconAnchor = [SIZE / 2 - one.offset[0], SIZE / 2 - one.offset[1]];
      element.style.marginLeft = `${one.offset[0] - SIZE / 2}px`;
      element.style.marginTop = `${one.offset[1] - SIZE / 2}px`;
    };
    return one;
  }

  function addType(state, set, type) {
    const members = set.held.filter((one) => one.record.event_type === type || (type === 'other' && !M.pick(M.typeWords, one.record.event_type)));
    if (!members.length) return;
    const entry = state.entries.find((held) => held.key === type) || {
      key: type,
      group: M.troopTypes.includes(type) ? 'Reported troop positions' : 'Incidents',
      label: M.typeWords[type],
      on: true,
      members: [],
      total: 0,
      swatch: () => M.symbol({ event_type: type, status: 'claimed', location_kind: 'near' }, 24),
      count() {
        return this.members.filter((one) => one.shown).length;
      },
      toggle(on) {
        this.on = on;
        M.refresh(state);
      },
    };
    if (!state.entries.includes(entry)) state.entries.push(entry);
    members.forEach((one) => {
      one.entry = entry;
      entry.members.push(one);
    });
    entry.total = entry.members.length;
  }

  M.refresh = function (state) {
    M.filterOverlays(state);
    for (const set of state.layers) {
      const on = state.map.hasLayer(set.layer);
      for (const one of set.held) {
        one.shown = on && one.entry.on && M.happened(one.record, state.period);
        if (!one.shown) one.marker.remove();
      }
      const shown = set.held.filter((one) => one.shown);
      drawShapes(state, set, shown);
      shown.forEach((one) => one.marker.addTo(state.map));
      M.spread(state.map, shown, set.ties);
    }
    if (state.selected) M.lift(state, state.selected, true);
    M.changed(state);
  };

  // each distinct shape once, however many incidents it stands for
  function drawShapes(state, set, shown) {
    const wanted = new Map();
    for (const one of shown) if (one.record.shape !== undefined) wanted.set(one.record.shape, one.record);
    set.payload.shapes.forEach((geometry, i) => {
      if (!wanted.has(i)) {
        if (set.shapes[i]) set.shapes[i].remove();
        return;
      }
      const kind = wanted.get(i).location_kind;
      set.shapes[i] =
        set.shapes[i] ||
        L.geoJSON(M.geometry(geometry), {
          interactive: false,
          style: { className: `ml-shape ml-shape-${['area', 'line'].includes(kind) ? kind : 'near'}`, interactive: false },
        });
      set.shapes[i].addTo(state.map);
    });
  }
  function dropShapes(set) {
    set.shapes.forEach((shape) => shape && shape.remove());
  }

  const setOf = (state, one) => state.layers.find((set) => set.held.includes(one));

  M.lift = function (state, one, on) {
    const shape = one.record.shape === undefined ? null : setOf(state, one).shapes[one.record.shape];
    if (!shape) return;
    shape.eachLayer((path) => {
      const element = path.getElement();
      if (element) element.classList.toggle('ml-lifted', on || state.selected === one);
    });
    if (on) shape.bringToFront();
  };

  function mark(state, one) {
    const element = one.marker.getElement();
    if (element) element.classList.toggle('ml-selected', state.selected === one);
  }

  M.deselect = function (state) {
    const one = state.selected;
    state.selected = null;
    if (one) {
      mark(state, one);
      M.lift(state, one, false);
    }
    M.writeHash(state);
  };

  const sameSpot = (state, one) =>
    state.layers
      .flatMap((set) => set.held)
      .filter((other) => other.shown && other.record.at[0] === one.record.at[0] && other.record.at[1] === one.record.at[1]);

  function stepper(state, one) {
    const here = sameSpot(state, one);
    if (here.length < 2) return null;
    return M.el('nav', { class: 'ml-here', 'aria-label': 'Records at this spot' }, [
      M.el('p', null, `${here.length} records stand at this spot:`),
      M.el(
        'ul',
        null,
        here.map((other) => {
          const button = M.el('button', { type: 'button', class: other === one ? 'ml-current' : '' }, [
            M.symbol(other.record, 20),
            ' ',
            M.el('span', { dir: 'auto' }, `${M.when(other.record)}: ${M.titleOf(other.record)}`),
          ]);
          button.addEventListener('click', () => M.select(state, other.record.id));
          return M.el('li', null, button);
        }),
      ),
    ]);
  }

  // selects a located or unlocated incident; false when there is none of this id
  M.select = function (state, id) {
    const record = state.records.find((held) => held.id === id);
    if (!record) return false;
    const one = state.layers.flatMap((set) => set.held).find((held) => held.record === record) || null;
    M.deselect(state);
    state.selected = one;
    state.selectedId = id;
    M.showDetails(state, M.titleOf(record), [M.incidentDetails(record), one ? stepper(state, one) : null].filter(Boolean));
    if (one) {
      mark(state, one);
      M.lift(state, one, true);
      state.map.panInside(
        one.latLng,
        {
          wide: { paddingTopLeft: [480, 60], paddingBottomRight: [340, 60] },
          compact: { paddingTopLeft: [Math.min(380, state.box.clientWidth * 0.45 + 40), 60], paddingBottomRight: [60, 100] },
          narrow: { paddingTopLeft: [40, 140], paddingBottomRight: [40, state.box.clientHeight * 0.65 + 30] },
        }[M.layout(state)],
      );
    }
    M.writeHash(state);
    const heading = state.panels.details.querySelector('h2');
    if (heading) heading.focus({ preventScroll: true });
    return true;
  };
})();
