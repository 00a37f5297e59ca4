'use strict';
// the records of a map as columns, and which of them are shown; its members are told at the head of core.js
(function () {
  const M = window.marchlandParts;
  const EAGER = 5000;
  const NO_DAY = -2147483648;

  const dayOf = (iso) => (iso ? Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86400000) : NO_DAY);

  // ---- a layer's records, written out or packed: {n, names, later, col, record, find}

  // at once when they are written out, a promise when they are packed
  M.sourceOf = (payload) => (payload.packed ? decoded(payload) : written(payload.records, payload.columns));

  async function decoded(payload) {
    if (typeof DecompressionStream === 'undefined') {
      document.body.prepend(M.el('p', { class: 'ml-old', role: 'alert' }, M.t('This browser is too old to read the packed data of this map.')));
      throw new Error('no DecompressionStream');
    }
    const source = packed(payload, await M.unpack(payload.packed.first));
    // the base64 of the first part is of no use any more
    payload.packed.first = null;
    if (source.n > EAGER) return source;
    await source.load();
    const records = Array.from({ length: source.n }, (_, i) => source.record(i));
    return { ...source, record: (i) => records[i] };
  }

  function written(records, types) {
    const n = records.length;
    const made = new Map();
    const shape = Int32Array.from(records, (record) => (record.shape === undefined ? -1 : record.shape));
    const spot = (axis) => Float64Array.from(records, (record) => (record.at ? record.at[axis] : NaN));
    made.set('lon', spot(0)).set('lat', spot(1));
    return {
      n,
      names: Object.keys(types),
      later: new Set(),
      shape,
      col(name) {
        if (!made.has(name) && Object.hasOwn(types, name)) made.set(name, columnFrom(records, name, types[name]));
        return made.get(name);
      },
      record: (i) => records[i],
      find: (id) => records.findIndex((record) => record.id === id),
      idOf: (i) => records[i].id,
      load: () => Promise.resolve(),
    };
  }

  function columnFrom(records, name, type) {
    if (type === 'date') return Int32Array.from(records, (record) => dayOf(record[name]));
    if (type === 'flag') return Uint8Array.from(records, (record) => (record[name] ? 1 : 0));
    if (type === 'number') return Float64Array.from(records, (record) => record[name] ?? NaN);
    if (type === 'list') return { at: (i) => records[i][name] || [] };
    return codedFrom(records.length, (i) => records[i][name] ?? null);
  }

  function codedFrom(n, valueOf) {
    const codes = new Uint32Array(n);
    const seen = new Map([[null, 0]]);
    for (let i = 0; i < n; i++) {
      const value = valueOf(i);
      if (!seen.has(value)) seen.set(value, seen.size);
      codes[i] = seen.get(value);
    }
    const words = [...seen.keys()];
    return { codes, words, at: (i) => words[codes[i]] };
  }

  function packed(payload, block) {
    const blocks = [block];
    const made = new Map();
    const types = payload.columns;
    const later = new Set(payload.packed.later);
    let loading = null;
    function col(name) {
      if (made.has(name)) return made.get(name);
      const from = blocks.find((held) => Object.hasOwn(held.columns, name));
      if (!from) return later.has(name) ? null : undefined;
      made.set(name, M.column(from, from.columns[name]));
      return made.get(name);
    }
    // coordinates of the distinct spots, and which of them each record stands at; 0 for none
    const spots = col('spot');
    const axis = (values) => {
      const held = M.column(block, values);
      return Float64Array.from(spots, (code) => (code ? held[code - 1] : NaN));
    };
    made.set('lon', axis(block.lon)).set('lat', axis(block.lat));
    const shape = Int32Array.from(col('shape'), (code) => code - 1);
    const ids = col('id');
    function record(i) {
      const held = {};
      for (const name of Object.keys(types)) {
        const column = col(name);
        if (!column) continue;
        const value = types[name] === 'flag' ? column[i] === 1 : M.valueAt(column, i);
        if (value !== null && value !== false && !(Array.isArray(value) && !value.length)) held[name] = value;
      }
      if (spots[i]) held.at = [col('lon')[i], col('lat')[i]];
      if (shape[i] >= 0) held.shape = shape[i];
      return held;
    }
    const source = {
      n: block.n,
      names: Object.keys(types),
      later,
      shape,
      col,
      record,
      idOf: (i) => ids.at(i),
      find: (id) => (ids.find ? ids.find(id) : scan(block.n, ids, id)),
      load() {
        loading =
          loading ||
          M.unpack(payload.packed.more, block).then((held) => {
            blocks.push(held);
            payload.packed.more = null;
            later.clear();
          });
        return loading;
      },
    };
    return source;
  }

  function scan(n, ids, id) {
    for (let i = 0; i < n; i++) if (ids.at(i) === id) return i;
    return -1;
  }

  // ---- several layers as one table; nearly always there is one, which is taken as it is

  function joined(sources) {
    const n = sources.reduce((sum, source) => sum + source.n, 0);
    const first = [];
    sources.reduce((sum, source, k) => ((first[k] = sum), sum + source.n), 0);
    const home = (i) => {
      let k = sources.length - 1;
      while (first[k] > i) k--;
      return [sources[k], i - first[k]];
    };
    const names = [...new Set(sources.flatMap((source) => source.names))];
    const made = new Map();
    const unknownOf = (kind, size) =>
      kind === Int32Array ? new Int32Array(size).fill(NO_DAY) : kind === Uint8Array ? new Uint8Array(size) : new Float64Array(size).fill(NaN);
    function col(name) {
      if (made.has(name)) return made.get(name);
      const parts = sources.map((source) => source.col(name));
      if (parts.some((part) => part === null)) return null;
      const held = parts.find((part) => part !== undefined && part !== null);
      if (!held) return undefined;
      const value = (i) => {
        const [source, row] = home(i);
        const part = source.col(name);
        return part ? part.at(row) : null;
      };
      let column;
      if (ArrayBuffer.isView(held)) {
        column = unknownOf(held.constructor, n);
        parts.forEach((part, k) => part && ArrayBuffer.isView(part) && column.set(part, first[k]));
      } else column = held.codes ? codedFrom(n, value) : { at: (i) => value(i) || [] };
      made.set(name, column);
      return column;
    }
    const shape = new Int32Array(n);
    sources.forEach((source, k) => shape.set(source.shape, first[k]));
    return {
      n,
      names,
      get later() {
        return new Set(sources.flatMap((source) => [...source.later]));
      },
      shape,
      col,
      record: (i) => ((one) => one[0].record(one[1]))(home(i)),
      idOf: (i) => ((one) => one[0].idOf(one[1]))(home(i)),
      find(id) {
        for (let k = 0; k < sources.length; k++) {
          const i = sources[k].find(id);
          if (i >= 0) return i + first[k];
        }
        return -1;
      },
      load: () => Promise.all(sources.map((source) => source.load())),
    };
  }

  // ---- the store

  M.makeStore = function (state) {
    if (state.store) return;
    const sources = state.layers.map((set) => set.source);
    const source = sources.length === 1 ? sources[0] : joined(sources);
    const store = newStore(state, source);
    state.store = store;
    state.records = source.n > EAGER ? listOf(store) : Array.from({ length: source.n }, (_, i) => source.record(i));
    state.span = spanOf(store);
    addEntries(state, store);
    store.update();
  };

  function newStore(state, source) {
    const { n } = source;
    const [lon, masks, listeners] = [source.col('lon'), new Map(), []];
    const located = new Uint8Array(n);
    for (let i = 0; i < n; i++) located[i] = lon[i] === lon[i] ? 1 : 0;
    const setOf = new Uint8Array(n);
    state.layers.reduce((sum, set, k) => (setOf.fill(k, sum, sum + set.source.n), sum + set.source.n), 0);
    const [none, undated] = [new Uint8Array(0), new Int32Array(n).fill(NO_DAY)];
    const first = source.col('start') || undated;
    const last = (source.col('end') || undated).slice();
    for (let i = 0; i < n; i++) if (last[i] === NO_DAY) last[i] = first[i];
    const store = {
      EAGER,
      NO_DAY: NO_DAY,
      n,
      names: source.names,
      get later() {
        return source.later;
      },
      shape: source.shape,
      located,
      unlocated: indices(n, (i) => !located[i]),
      shown: new Uint8Array(n),
      passing: new Uint8Array(n),
      shownCount: 0,
      passingCount: 0,
      entries: [],
      entryCodes: none,
      counts: none,
      setOf,
      first,
      last,
      col: (name) => source.col(name),
      record: (i) => source.record(i),
      idOf: (i) => source.idOf(i),
      indexOf: (id) => source.find(String(id)),
      entryOf: (i) => store.entryCodes[i],
      load: () => source.load().then(() => store),
      detail: (i) => source.load().then(() => source.record(i)),
      shownIds: () => Array.from(indices(n, (i) => store.shown[i]), (i) => source.idOf(i)),
      shownIndices: () => indices(n, (i) => store.shown[i]),
      on(name, call) {
        if (name === 'shown') listeners.push(call);
      },
      mask(name, bytes) {
        if (bytes && bytes.length !== n) throw new RangeError('a mask has a byte for each record');
        if (bytes) masks.set(name, bytes);
        else masks.delete(name);
        M.refresh(state);
      },
      update() {
        choose(state, store, [...masks.values()]);
        listeners.forEach((call) => call(store));
      },
    };
    return store;
  }

  function indices(n, wanted) {
    const found = new Int32Array(n);
    let size = 0;
    for (let i = 0; i < n; i++) if (wanted(i)) found[size++] = i;
    return found.slice(0, size);
  }

  // the same days as M.happened: one without a date can't be ruled out
  function choose(state, store, masks) {
    const { n, first, last, entryCodes, located, setOf, shown, passing } = store;
    const from = state.period.from ? dayOf(state.period.from) : -Infinity;
    const to = state.period.to ? dayOf(state.period.to) : Infinity;
    const on = Uint8Array.from(store.entries, (entry) => (entry.on ? 1 : 0));
    const layers = Uint8Array.from(state.layers, (set) => (state.map.hasLayer(set.layer) ? 1 : 0));
    const counts = new Uint32Array(store.entries.length);
    let [shownCount, passingCount] = [0, 0];
    for (let i = 0; i < n; i++) {
      const entry = entryCodes[i];
      let pass = on[entry] & layers[setOf[i]];
      if (pass && first[i] !== NO_DAY && first[i] > to) pass = 0;
      if (pass && last[i] !== NO_DAY && last[i] < from) pass = 0;
      for (let k = 0; pass && k < masks.length; k++) if (!masks[k][i]) pass = 0;
      passing[i] = pass;
      const seen = pass & located[i];
      shown[i] = seen;
      if (seen) counts[entry]++;
      shownCount += seen;
      passingCount += pass;
    }
    store.shownCount = shownCount;
    store.passingCount = passingCount;
    store.counts = counts;
  }

  function spanOf(store) {
    let [low, high] = [Infinity, NO_DAY];
    for (const days of [store.first, store.last])
      for (let i = 0; i < store.n; i++) {
        if (days[i] === NO_DAY) continue;
        if (days[i] < low) low = days[i];
        if (days[i] > high) high = days[i];
      }
    return high === NO_DAY ? { from: null, to: null } : { from: M.dayText(low), to: M.dayText(high) };
  }

  // one entry of the legend for each event type that is on the map
  function addEntries(state, store) {
    const types = store.col('event_type');
    const keys = Object.keys(M.typeWords);
    const known = new Map(keys.map((key, k) => [key, k]));
    const other = known.get('other');
    const codeOf = types ? Uint8Array.from(types.words, (word) => known.get(word) ?? other) : null;
    store.entryCodes = new Uint8Array(store.n);
    const totals = new Uint32Array(keys.length);
    for (let i = 0; i < store.n; i++) {
      const code = codeOf ? codeOf[types.codes[i]] : other;
      store.entryCodes[i] = code;
      totals[code] += store.located[i];
    }
    store.entries = keys.map((key, code) => entryFor(state, store, key, code, totals[code]));
    state.entries.push(...store.entries.filter((entry) => entry.total));
  }

  function entryFor(state, store, key, code, total) {
    return {
      key,
      group: M.troopTypes.includes(key) ? 'Reported troop positions' : 'Incidents',
      label: M.typeWords[key],
      on: true,
      members: true,
      total,
      swatch: () => M.symbol({ event_type: key, status: 'claimed', location_kind: 'near' }, 24),
      count: () => store.counts[code],
      toggle(on) {
        this.on = on;
        M.refresh(state);
      },
    };
  }

  // looks like an array of records; each is made anew when it is asked for
  function listOf(store) {
    const list = {
      length: store.n,
      at: (i) => store.record(i),
      *[Symbol.iterator]() {
        for (let i = 0; i < store.n; i++) yield store.record(i);
      },
    };
    for (const name of ['filter', 'find', 'flatMap', 'forEach', 'map', 'some'])
      list[name] = (call) => {
        if (name === 'filter' || name === 'map' || name === 'flatMap') return Array.from(list)[name](call);
        for (let i = 0; i < store.n; i++) {
          const record = store.record(i);
          const answer = call(record, i);
          if (answer && name === 'find') return record;
          if (answer && name === 'some') return true;
        }
        return name === 'some' ? false : undefined;
      };
    return list;
  }
})();
