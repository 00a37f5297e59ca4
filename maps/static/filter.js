'use strict';
// find and filter: words in any script and with or without accents, and one choice for each kind of thing known about an incident
(function () {
  const M = window.marchlandParts;
  const { el } = M;
  const MOST_CHOICES = 400;
  const WAIT_MS = 180;
  const TEXT_COLUMNS = ['id', 'title', 'place', 'place_text', 'adm1', 'adm2', 'event_text'];

  const FACETS = [
    { key: 'status', column: 'status', label: 'Status', values: (rows, row) => [rows.get(row, 'status') || ''], word: (value) => M.statusWord(value) },
    { key: 'exact', column: 'location_kind', label: 'How exact', values: (rows, row) => [rows.get(row, 'location_kind') || 'unknown'], word: (value) => M.kindWord(value) },
    { key: 'side', label: 'Side', values: (rows, row) => (rows.get(row, 'actors') || []).map((actor) => actor.side).filter(Boolean) },
    { key: 'unit', label: 'Unit', values: (rows, row) => shares(rows, row) },
    { key: 'zone', label: 'Zone in force', values: (rows, row) => rows.get(row, 'zones') || [], word: (value) => M.zoneName(value) },
    { key: 'source', label: 'Source', values: (rows, row) => rows.get(row, 'sources') || [] },
    { key: 'file', column: 'source_file', label: 'Read from', values: (rows, row) => [rows.get(row, 'source_file')].filter(Boolean) },
    { key: 'draft', label: 'Checked by a person', values: (rows, row) => [rows.get(row, 'draft') ? 'no' : 'yes'], word: (value) => M.t(value === 'no' ? 'no, draft' : 'yes') },
  ];

  // an incident whose disc reaches into two units is found under both
  function shares(rows, row) {
    const held = rows.get(row, 'adm1_shares');
    return held && held.length ? held.map((one) => one.unit) : [rows.get(row, 'adm1')].filter(Boolean);
  }

  // lower case, without the marks over and under letters, so that "Shushi" finds "Şuşi"
  M.folded = (text) => String(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ə', 'a').replaceAll('ı', 'i');

  M.filterOf = (state) => (state.filter = state.filter || { text: '', chosen: new Map(), facets: new Map(), haystack: null });

  // each distinct set of values once, and for each row which of these it has
  function facetOf(state, facet) {
    const filter = M.filterOf(state);
    if (filter.facets.has(facet.key)) return filter.facets.get(facet.key);
    const rows = M.rows(state);
    const column = facet.column && rows.column(facet.column);
    const made = column && column.codes ? fromCodes(column, facet.values) : fromValues(rows, facet);
    filter.facets.set(facet.key, made);
    return made;
  }

  // a column of few words has done the work already
  function fromCodes({ codes, words }, values) {
    const sizes = new Uint32Array(words.length);
    for (let row = 0; row < codes.length; row++) sizes[codes[row]] += 1;
    const single = { get: (row) => words[row] };
    return counted(
      codes,
      words.map((_, code) => new Set(values(single, code))),
      sizes,
    );
  }

  function fromValues(rows, facet) {
    const codes = new Uint32Array(rows.n);
    const known = new Map();
    const sets = [];
    const sizes = [];
    for (let row = 0; row < rows.n; row++) {
      const values = facet.values(rows, row);
      const key = values.length === 1 ? values[0] : values.length ? JSON.stringify(values) : '\u0000';
      let code = known.get(key);
      if (code === undefined) {
        code = sets.push(new Set(values)) - 1;
        known.set(key, code);
        sizes.push(0);
      }
      sizes[code] += 1;
      codes[row] = code;
    }
    return counted(codes, sets, sizes);
  }

  function counted(codes, sets, sizes) {
    const counts = new Map();
    sets.forEach((values, code) => {
      if (sizes[code]) values.forEach((value) => counts.set(value, (counts.get(value) || 0) + sizes[code]));
    });
    return { codes, sets, counts };
  }

  function haystack(state) {
    const filter = M.filterOf(state);
    if (!filter.haystack) {
      const rows = M.rows(state);
      filter.haystack = Array.from({ length: rows.n }, (_, row) =>
        M.folded(
          TEXT_COLUMNS.map((name) => rows.get(row, name))
            .concat(M.typeWord(rows.get(row, 'event_type')))
            .filter(Boolean)
            .join('\n'),
        ),
      );
    }
    return filter.haystack;
  }

  function apply(state) {
    const filter = M.filterOf(state);
    const words = M.folded(filter.text).split(/\s+/).filter(Boolean);
    if (!words.length && !filter.chosen.size) return M.keep(state, null);
    const rows = M.rows(state);
    const bytes = new Uint8Array(rows.n).fill(1);
    for (const [key, value] of filter.chosen) {
      const facet = FACETS.find((held) => held.key === key);
      const { codes, sets } = facetOf(state, facet);
      const wanted = sets.map((values) => values.has(value));
      for (let row = 0; row < rows.n; row++) if (!wanted[codes[row]]) bytes[row] = 0;
    }
    if (words.length) {
      const texts = haystack(state);
      for (let row = 0; row < rows.n; row++) if (bytes[row] && !words.every((word) => texts[row].includes(word))) bytes[row] = 0;
    }
    M.keep(state, bytes);
    return undefined;
  }

  M.isFiltered = (state) => Boolean(state.filter && (state.filter.text.trim() || state.filter.chosen.size));

  // sets what is named and leaves the rest; an empty value takes a choice away
  M.setFilter = function (state, wanted) {
    const filter = M.filterOf(state);
    for (const [key, value] of Object.entries(wanted)) {
      if (key === 'text') filter.text = value || '';
      else if (FACETS.some((facet) => facet.key === key)) {
        if (value) filter.chosen.set(key, String(value));
        else filter.chosen.delete(key);
      }
    }
    // most of what is filtered by comes after the opening of a large map
    if (M.rows(state).isWhole()) apply(state);
    else M.rows(state).load().then(() => apply(state));
    M.writeHash(state);
  };
  M.resetFilter = (state) => M.setFilter(state, { text: '', ...Object.fromEntries(FACETS.map((facet) => [facet.key, ''])) });
  M.filterValues = (state) => (state.filter ? { ...(state.filter.text ? { text: state.filter.text } : {}), ...Object.fromEntries(state.filter.chosen) } : {});

  function choice(state, facet) {
    const { counts } = facetOf(state, facet);
    if (counts.size < 2) return null;
    const word = facet.word || ((value) => value);
    const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_CHOICES);
    const sorted = common.map(([value, n]) => [value, word(value), n]).sort((a, b) => a[1].localeCompare(b[1], M.lang()));
    const id = `ml-filter-${facet.key}`;
    const select = el('select', { id, name: facet.key }, [
      el('option', { value: '' }, M.t('any')),
      ...sorted.map(([value, text, n]) => el('option', { value, dir: 'auto' }, `${text} (${M.number(n)})`)),
    ]);
    select.addEventListener('change', () => M.setFilter(state, { [facet.key]: select.value }));
    M.onChange(state, () => {
      select.value = M.filterOf(state).chosen.get(facet.key) || '';
    });
    return el('p', { class: 'ml-choice' }, [el('label', { for: id }, M.t(facet.label)), select]);
  }

  M.parts.filter = function (state) {
    if (!state.records.length) return;
    const text = el('input', { type: 'search', id: 'ml-filter-text', name: 'text' });
    text.autocomplete = 'off';
    let timer = null;
    text.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => M.setFilter(state, { text: text.value }), WAIT_MS);
    });
    const resetButton = () => {
      const made = el('button', { type: 'button' }, M.t('Reset filters'));
      made.addEventListener('click', () => M.resetFilter(state));
      return made;
    };
    // beside the count as well, since the filter may be folded away while it is at work
    const [reset, quick] = [resetButton(), resetButton()];
    M.toolbar(state).append(quick);
    const count = el('p', { class: 'ml-muted' });
    const choices = el('div', { class: 'ml-choices' });
    const body = M.fold(
      M.t('Find and filter'),
      [
        el('div', { class: 'ml-filter', role: 'search' }, [
          el('p', { class: 'ml-choice' }, [el('label', { for: 'ml-filter-text' }, M.t('Words')), text]),
          choices,
          el('div', { class: 'ml-choice-foot' }, [reset, count]),
        ]),
      ],
      false,
    );
    body.id = 'marchland-filter';
    // counted only when someone looks, which keeps the opening of a large map short
    // one after the other, so that the page answers meanwhile
    const fill = async () => {
      for (const facet of FACETS) {
        choices.append(...[choice(state, facet)].filter(Boolean));
        await new Promise((done) => setTimeout(done));
      }
      M.changed(state);
    };
    let filled = null;
    body.addEventListener('toggle', () => {
      if (body.open && !filled) filled = M.rows(state).load().then(fill);
    });
    M.onChange(state, () => {
      if (document.activeElement !== text) text.value = M.filterOf(state).text;
      reset.disabled = !M.isFiltered(state);
      quick.hidden = !M.isFiltered(state);
      count.textContent = M.countText(state);
    });
    M.corner(state, 'side').append(body);
  };
})();
