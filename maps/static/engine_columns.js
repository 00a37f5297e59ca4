'use strict';
// packed columns (maps/columns.py) as typed arrays again: a block is the length of its header, the header as JSON, then bytes
(function () {
  const M = window.marchlandParts;
  const NO_DAY = -2147483648;

  function bytesOf(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  // the block behind a base64 text of gzip: {n, columns: name -> how it is coded, body}; `before` is the one that it may point into
  M.unpack = async function (base64, before) {
    const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream('gzip'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const length = new DataView(bytes.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    return { ...header, body: bytes.subarray(4 + length), before };
  };

  const bodyOf = (block, how) => (how.b ? block.before.body : block.body);

  // whole numbers: planes of bytes, lowest first; steps from one to the next, odd ones backwards, when `d` is set
  function whole(block, how) {
    const { n, w, d } = how;
    const body = bodyOf(block, how);
    const raw = w > 2 || d ? new Uint32Array(n) : w > 1 ? new Uint16Array(n) : new Uint8Array(n);
    for (let plane = 0; plane < w; plane++) {
      const from = how.at + plane * n;
      const shift = plane * 8;
      for (let i = 0; i < n; i++) raw[i] |= body[from + i] << shift;
    }
    if (!d) return raw;
    for (let i = 0, last = 0; i < n; i++) {
      last += raw[i] & 1 ? -((raw[i] + 1) / 2) : raw[i] / 2;
      raw[i] = last;
    }
    return raw;
  }

  // 0 stands for unknown
  function numbers(block, how) {
    const raw = whole(block, how);
    const { lo, s } = how;
    const values = new Float64Array(raw.length);
    for (let i = 0; i < raw.length; i++) values[i] = raw[i] ? (raw[i] - 1 + lo) / s : NaN;
    return values;
  }

  function days(block, how) {
    const raw = whole(block, how);
    const values = new Int32Array(raw.length);
    for (let i = 0; i < raw.length; i++) values[i] = raw[i] ? raw[i] - 1 + how.lo : NO_DAY;
    return values;
  }

  const flags = (block, how) => Uint8Array.from(whole(block, how));

  function floats(block, how) {
    return new Float64Array(bodyOf(block, how).slice(how.at, how.at + how.n * 8).buffer);
  }

  function starts(lengths) {
    const from = new Uint32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) from[i + 1] = from[i] + lengths[i];
    return from;
  }

  // a dictionary and a code for each
  function coded(block, how) {
    const codes = whole(block, how.codes);
    const words = [null].concat(how.words);
    return { codes, words, at: (i) => words[codes[i]] };
  }

  // texts that hardly repeat stay bytes until they are asked for
  function texts(block, how) {
    const lengths = whole(block, how.lengths);
    const known = lengths.slice();
    for (let i = 0; i < known.length; i++) if (known[i]) known[i]--;
    const from = starts(known);
    const bytes = bodyOf(block, how).subarray(how.at, how.at + how.size);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const at = (i) => (lengths[i] ? decoder.decode(bytes.subarray(from[i], from[i + 1])) : null);
    return { at };
  }

  // ids that end in a number: what stands before it, the number, and how many digits it has
  function numbered(block, how) {
    const [heads, tails] = [coded(block, how.heads), whole(block, how.tails)];
    const widths = whole(block, how.widths);
    const at = (i) => (widths[i] ? heads.at(i) + String(tails[i]).padStart(widths[i], '0') : heads.at(i));
    function find(text) {
      const digits = /[0-9]{0,9}$/.exec(text)[0];
      // every way to cut the text, since it is not known where its digits were cut
      for (let width = 0; width <= digits.length; width++) {
        const head = heads.words.indexOf(text.slice(0, text.length - width), 1);
        const tail = width ? Number(text.slice(text.length - width)) : 0;
        if (head < 0) continue;
        for (let i = 0; i < tails.length; i++) if (heads.codes[i] === head && widths[i] === width && tails[i] === tail) return i;
      }
      return -1;
    }
    return { at, find };
  }

  function lists(block, how) {
    const counts = whole(block, how.counts);
    const from = starts(counts);
    const names = how.fields && Object.keys(how.fields);
    const items = names ? names.map((name) => M.column(block, how.fields[name])) : M.column(block, how.items);
    const one = (k) => (names ? Object.fromEntries(names.map((name, c) => [name, valueAt(items[c], k)]).filter(([, v]) => v !== null)) : items.at(k));
    const at = (i) => Array.from({ length: counts[i] }, (_, k) => one(from[i] + k));
    return { at, counts };
  }

  function parsed(block, how) {
    const held = M.column(block, how.of);
    return { at: (i) => (held.at(i) === null ? [] : JSON.parse(held.at(i))) };
  }

  const FORMS = { number: numbers, day: days, float: floats, flag: flags, text: coded, bytes: texts, numbered, list: lists, json: parsed, code: whole };
  M.column = (block, how) => M.pick(FORMS, how.k)(block, how);

  const dayTexts = new Map([[NO_DAY, null]]);
  M.dayText = function (day) {
    if (!dayTexts.has(day)) dayTexts.set(day, new Date(day * 86400000).toISOString().slice(0, 10));
    return dayTexts.get(day);
  };

  // the value of a column at a row; null when it is not known
  function valueAt(column, i) {
    if (!ArrayBuffer.isView(column)) return column.at(i);
    if (column instanceof Int32Array) return M.dayText(column[i]);
    return Number.isNaN(column[i]) ? null : column[i];
  }
  M.valueAt = valueAt;
})();
