'use strict';
// what every other script uses: the data block, the state of each map, and the only ways to make elements
//
// state.store: the records of a map as columns (engine_store.js). It is there before anything given to M.whenReady runs.
//   n                  number of records, located or not; a record is its index i, from 0, in the order of the table
//   names, later       names of all columns; a Set of those that are there only after `await store.load()`
//   col(name)          numbers: Float64Array, NaN = unknown (also lon, lat); start, end: Int32Array, days since 1970-01-01,
//                      store.NO_DAY = unknown; draft: Uint8Array; texts: {codes, words, at(i)}, words[0] = null = unknown;
//                      lists: {at(i)} -> array; null for a column of `later` that is not loaded, undefined for an unknown name
//   located            Uint8Array; `unlocated` Int32Array of indices
//   mask(name, bytes)  a filter by name: Uint8Array of n, 0 hides; null takes it away; all masks must let a record through
//   shown              Uint8Array: located, its type on, in the period, through all masks; shownCount their number
//   passing            the same without regard to location (rows of a table); passingCount
//   on('shown', call)  after every change of shown (slider, layers, masks); M.onChange(state, call) is told right after
//   load()             Promise: columns of `later` (titles, claims ...) are there; load(true) has them as `col` gives them
//   detail(i)          Promise of the whole record; record(i) the same at once with what is loaded
//   idOf(i), indexOf(id)   -1 when there is none
//   entryOf(i)         index into store.entries, the legend's entries of event types
// state.records is an array of records up to store.EAGER of them; beyond, a list that makes each record when asked (slow in loops).
(function () {
  const M = (window.marchlandParts = {});
  const SVG = 'http://www.w3.org/2000/svg';
  const states = new Map();
  let data = null;

  M.data = function () {
    if (!data) {
      const block = document.getElementById('marchland-data');
      data = block ? JSON.parse(block.textContent) : {};
    }
    return data;
  };

  // the one place where longitude first becomes Leaflet's latitude first
  M.latLng = (lonLat) => L.latLng(lonLat[1], lonLat[0]);

  // text only ever becomes a text node; attributes come from a short list, so no name from data can set a handler
  const ATTRIBUTES = new Set([
    'class',
    'id',
    'type',
    'for',
    'role',
    'title',
    'tabindex',
    'href',
    'rel',
    'target',
    'value',
    'name',
    'min',
    'max',
    'open',
    'hidden',
    'dir',
    'lang',
    'scope',
    'aria-label',
    'aria-live',
    'aria-hidden',
    'aria-expanded',
    'aria-controls',
    'aria-labelledby',
    'viewBox',
    'width',
    'height',
    'd',
    'x',
    'y',
    'x1',
    'y1',
    'x2',
    'y2',
    'cx',
    'cy',
    'r',
    'rx',
    'fill',
    'stroke',
    'stroke-width',
    'stroke-dasharray',
    'stroke-linecap',
    'stroke-linejoin',
    'fill-opacity',
    'focusable',
    'transform',
    'points',
  ]);

  // a word of the data may be the name of something that every object has ("constructor")
  M.pick = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

  function build(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false && ATTRIBUTES.has(name))
        element.setAttribute(name, value === true ? '' : String(value));
    }
    for (const child of [].concat(children === undefined ? [] : children)) {
      if (child === null || child === undefined || child === '') continue;
      element.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return element;
  }
  M.el = (name, attributes, children) => build(document.createElement(name), attributes, children);
  M.svg = (name, attributes, children) => build(document.createElementNS(SVG, name), attributes, children);

  M.link = function (address, label) {
    let url = null;
    try {
      url = new URL(address);
    } catch {
      return document.createTextNode(label || address);
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return document.createTextNode(label || address);
    return M.el('a', { href: url.href, rel: 'noopener noreferrer', target: '_blank' }, label || address);
  };

  M.stateOf = function (map) {
    if (!states.has(map)) states.set(map, newState(map));
    return states.get(map);
  };
  M.states = () => Array.from(states.values());

  function newState(map) {
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    const box = map.getContainer();
    box.classList.add('ml-map');
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', 'Map');
    return {
      map,
      box,
      overlays: [],
      entries: [],
      records: [],
      store: null,
      layers: [],
      panels: {},
      period: { from: null, to: null },
      span: { from: null, to: null },
      selected: null,
      listeners: [],
    };
  }

  // packed data are decoded meanwhile; what needs them waits
  const loading = [];
  M.loading = (promise) => loading.push(promise);
  M.whenLoaded = function (work) {
    const go = () => {
      M.states().forEach((state) => M.makeStore(state));
      work();
    };
    if (loading.length) Promise.all(loading.splice(0)).then(go);
    else go();
  };

  // panels are told when what is shown has changed
  M.onChange = (state, listener) => state.listeners.push(listener);
  M.changed = (state) => state.listeners.forEach((listener) => listener(state));

  // the same limits as in page.css: a phone, a small frame such as that of a notebook, a screen
  M.layout = (state) =>
    state.box.clientWidth <= 700 ? 'narrow' : state.box.clientWidth < 1100 || state.box.clientHeight < 600 ? 'compact' : 'wide';

  M.corner = function (state, name) {
    let corner = state.box.querySelector(`.ml-corner.ml-${name}`);
    if (!corner) {
      corner = M.el('div', { class: `ml-corner ml-${name}` });
      L.DomEvent.disableClickPropagation(corner);
      L.DomEvent.disableScrollPropagation(corner);
      // Leaflet looks for the panel above what was clicked, in vain when the click has replaced it
      corner.addEventListener('click', (event) => event.stopPropagation());
      (name === 'side' ? state.box : left(state)).appendChild(corner);
    }
    return corner;
  };

  // title, details and sources share the left edge, so that none hides another
  function left(state) {
    let column = state.box.querySelector(':scope > .ml-left');
    if (!column) {
      column = M.el('div', { class: 'ml-left' });
      state.box.appendChild(column);
    }
    return column;
  }

  // half-open periods of zones and lines against the days chosen, both included; an open end is null
  M.inForce = (feature, period) =>
    (!period.to || !feature.start || feature.start <= period.to) && (!period.from || !feature.end || feature.end > period.from);
  // days of an incident, both included; one without a date cannot be ruled out
  M.happened = (record, period) =>
    (!period.to || !record.start || record.start <= period.to) &&
    (!period.from || !(record.end || record.start) || (record.end || record.start) >= period.from);
})();
