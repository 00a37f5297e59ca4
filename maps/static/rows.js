'use strict';
// the incidents as rows for time, filter, table and files, out of the store of the engine (head of core.js)
(function () {
  const M = window.marchlandParts;
  const DAY_MS = 86400000;

  // the panels of a page by name, each in a script of its own
  M.parts = {};

  // days are counted in UTC from their text, so that every viewer has the same day
  M.dayNumber = (iso) => (iso ? Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10))) / DAY_MS : null);
  M.isoDay = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  M.NO_DAY = -2147483648;

  // n rows: get(row, column), record(row) with what is loaded, first and last day, and which the filter keeps
  M.rows = function (state) {
    if (!state.rows) state.rows = rowsOf(state.store);
    return state.rows;
  };

  function rowsOf(store) {
    const [start, end] = [store.col('start'), store.col('end')];
    const known = (day) => day !== store.NO_DAY;
    const day = (one, other) => (known(one) ? one : known(other) ? other : M.NO_DAY);
    const first = start.map((value, row) => day(value, end[row]));
    const last = end.map((value, row) => Math.max(day(value, start[row]), first[row]));
    return {
      n: store.n,
      first,
      last,
      kept: null,
      version: 0,
      get(row, name) {
        const column = store.col(name);
        if (!column) return undefined;
        return ArrayBuffer.isView(column) ? column[row] : column.at(row);
      },
      column: (name) => store.col(name),
      record: (row) => store.record(row),
      rowOf: (id) => store.indexOf(id),
      idOf: (row) => store.idOf(row),
      // titles, claims and sources of a large map come when they are asked for
      isWhole: () => !store.later.size,
      load: () => Promise.resolve(store.load(true)),
    };
  }

  // what the filter keeps: a byte for each row, or null for all
  M.keep = function (state, bytes) {
    const rows = M.rows(state);
    rows.kept = bytes;
    rows.version += 1;
    state.store.mask('filter', bytes);
  };

  // another text whenever keptRows has changed
  M.keptVersion = (state) => `${M.rows(state).version} ${state.store.entries.map((entry) => Number(entry.on)).join('')}`;

  // rows that filter and legend leave, whatever the period, as bytes
  M.keptRows = function (state) {
    const rows = M.rows(state);
    const { store } = state;
    const bytes = rows.kept ? Uint8Array.from(rows.kept) : new Uint8Array(rows.n).fill(1);
    if (store.entries.some((entry) => !entry.on))
      for (let row = 0; row < rows.n; row++) if (!store.entries[store.entryOf(row)].on) bytes[row] = 0;
    return bytes;
  };
})();
