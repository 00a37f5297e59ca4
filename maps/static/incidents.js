'use strict';
// the incident layer: few incidents as symbols that are elements of the page, many on one canvas (engine_canvas.js)
(function () {
  const M = window.marchlandParts;
  const SIZE = 28;
  const CACHED = 2000;
  // shown incidents up to which each is an element of its own
  M.FEW = 250;

  M.incidentLayer = function (map, name) {
    const state = M.stateOf(map);
    const payload = M.data().incidents[name];
    const set = { name, payload, layer: L.layerGroup(), source: null };
    const source = M.sourceOf(payload);
    if (source.then) M.loading(source.then((made) => (set.source = made)));
    else set.source = source;
    state.layers.push(set);
    set.layer.on('add remove', () => M.refresh(state));
    return set.layer;
  };

  // what is on the map as elements: markers by index, shapes by what they show, lines from a moved symbol to its spot
  function elementsOf(state) {
    if (!state.elements) {
      const ties = L.layerGroup().addTo(state.map);
      state.elements = { ones: new Map(), shapes: new Map(), held: [], ties };
      state.map.on('zoomend', () => M.spread(state.map, state.elements.held, ties));
    }
    return state.elements;
  }

  function oneOf(state, i) {
    const { ones } = elementsOf(state);
    if (!ones.has(i)) ones.set(i, entryOf(state, i));
    return ones.get(i);
  }

  function entryOf(state, i) {
    const record = state.store.record(i);
    const latLng = M.latLng(record.at);
    const one = { index: i, record, latLng, offset: [0, 0] };
    const icon = (offset) =>
      L.divIcon({
        className: 'ml-marker',
        html: M.symbol(record, SIZE),
        iconSize: [SIZE, SIZE],
        iconAnchor: [SIZE / 2 - offset[0], SIZE / 2 - offset[1]],
      });
    one.marker = L.marker(latLng, { icon: icon([0, 0]), title: M.titleOf(record), alt: M.nameOf(record), keyboard: true, riseOnHover: true });
    one.marker.on('add', () => {
      const element = one.marker.getElement();
      element.setAttribute('aria-label', one.marker.options.alt);
      element.setAttribute('role', 'button');
      mark(state, one);
    });
    one.marker.on('click keypress', (event) => {
      if (event.type === 'keypress' && !['Enter', ' '].includes(event.originalEvent.key)) return;
      L.DomEvent.stop(event);
      M.selectIndex(state, i);
    });
    one.marker.on('mouseover', () => M.lift(state, i, true));
    one.marker.on('mouseout', () => M.lift(state, i, false));
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
    if (state.store.later.size) name(state, one);
    return one;
  }

  // the title of a packed record comes later
  function name(state, one) {
    state.store.detail(one.index).then((record) => {
      one.record = record;
      Object.assign(one.marker.options, { title: M.titleOf(record), alt: M.nameOf(record) });
      const element = one.marker.getElement();
      if (!element) return;
      element.title = M.titleOf(record);
      element.setAttribute('aria-label', M.nameOf(record));
    });
  }

  M.refresh = function (state) {
    if (!state.store) return;
    M.filterOverlays(state);
    state.store.update();
    const few = state.store.shownCount <= M.FEW;
    M.drawMany(state, !few);
    drawFew(state, few ? state.store.shownIndices() : []);
    if (state.selected) M.lift(state, state.selected.index, true);
    M.changed(state);
  };

  function drawFew(state, shown) {
    if (!shown.length && !state.elements) return;
    const held = elementsOf(state);
    const wanted = new Set(shown);
    for (const [i, one] of held.ones) {
      if (wanted.has(i)) continue;
      one.marker.remove();
      if (held.ones.size > CACHED) held.ones.delete(i);
    }
    drawShapes(state, shown);
    held.held = Array.from(shown, (i) => oneOf(state, i));
    held.held.forEach((one) => one.marker.addTo(state.map));
    M.spread(state.map, held.held, held.ties);
  }

  // each distinct shape once, however many incidents it stands for
  function drawShapes(state, shown) {
    const { shapes } = elementsOf(state);
    const wanted = new Map();
    for (const i of shown) {
      const key = M.shapeKey(state.store, i);
      if (key) wanted.set(key, i);
    }
    for (const [key, shape] of shapes) {
      if (wanted.has(key)) continue;
      shape.remove();
      if (shapes.size > CACHED) shapes.delete(key);
    }
    for (const [key, i] of wanted) {
      if (!shapes.has(key)) shapes.set(key, shapeOf(state, i));
      shapes.get(key).addTo(state.map);
    }
  }

  function shapeOf(state, i) {
    const kind = state.store.record(i).location_kind;
    const style = { className: `ml-shape ml-shape-${['area', 'line'].includes(kind) ? kind : 'near'}`, interactive: false };
    return L.geoJSON(M.geometryOf(state, i), { interactive: false, style });
  }

  M.lift = function (state, i, on) {
    const shape = state.elements && state.elements.shapes.get(M.shapeKey(state.store, i));
    if (!shape) return;
    shape.eachLayer((path) => {
      const element = path.getElement();
      if (element) element.classList.toggle('ml-lifted', on || (state.selected && state.selected.index === i));
    });
    if (on) shape.bringToFront();
  };

  function mark(state, one) {
    const element = one.marker && one.marker.getElement();
    if (element) element.classList.toggle('ml-selected', Boolean(state.selected) && state.selected.index === one.index);
  }

  M.deselect = function (state) {
    const one = state.selected;
    state.selected = null;
    if (one) {
      mark(state, one);
      M.lift(state, one.index, false);
      M.drawAgain(state);
    }
    M.writeHash(state);
  };

  // selects a located or unlocated incident; false when there is none of this id, a promise of true when its texts are still packed
  M.select = function (state, id) {
    const i = state.store ? state.store.indexOf(id) : -1;
    return i < 0 ? false : M.selectIndex(state, i);
  };

  M.selectIndex = function (state, i) {
    const { store } = state;
    M.deselect(state);
    state.listing = null;
    const held = state.elements && state.elements.ones.get(i);
    const one = store.located[i] ? held || { index: i, latLng: M.latLng([store.col('lon')[i], store.col('lat')[i]]), marker: null } : null;
    state.selected = one;
    state.selectedId = store.idOf(i);
    if (one) {
      mark(state, one);
      M.lift(state, i, true);
      M.drawAgain(state);
      panTo(state, one.latLng);
    }
    if (!store.later.size) return tell(state, i, store.record(i));
    return store.detail(i).then((record) => (state.selectedId === store.idOf(i) ? tell(state, i, record) : true));
  };

  function tell(state, i, record) {
    M.showDetails(state, M.titleOf(record), [M.incidentDetails(record), M.stepper(state, i)].filter(Boolean));
    M.writeHash(state);
    const heading = state.panels.details.querySelector('h2');
    if (heading) heading.focus({ preventScroll: true });
    return true;
  }

  function panTo(state, latLng) {
    state.map.panInside(
      latLng,
      {
        wide: { paddingTopLeft: [480, 60], paddingBottomRight: [340, 60] },
        compact: { paddingTopLeft: [Math.min(380, state.box.clientWidth * 0.45 + 40), 60], paddingBottomRight: [60, 100] },
        narrow: { paddingTopLeft: [40, 140], paddingBottomRight: [40, state.box.clientHeight * 0.65 + 30] },
      }[M.layout(state)],
    );
  }
})();
