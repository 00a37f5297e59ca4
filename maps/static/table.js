'use strict';
// the same incidents as a table: sorted as one likes, narrowed with the map, only the rows in sight in the document
(function () {
  const M = window.marchlandParts;
  const { el } = M;
  const ROW = 30;
  const SPARE = 8;

  const COLUMNS = [
    { key: 'start', label: 'When', text: (record) => M.when(record), sort: (rows, row) => rows.first[row] },
    { key: 'title', label: 'What', text: (record) => M.titleOf(record), sort: (rows, row) => rows.get(row, 'title') || M.typeWord(rows.get(row, 'event_type')) },
    { key: 'event_type', label: 'Type', text: (record) => M.typeWord(record.event_type), sort: (rows, row) => M.typeWord(rows.get(row, 'event_type')) },
    { key: 'status', label: 'Status', text: (record) => M.statusWord(record.status), sort: (rows, row) => M.statusWord(rows.get(row, 'status')) },
    { key: 'place', label: 'Where', text: (record) => M.where(record), sort: (rows, row) => rows.get(row, 'place') || rows.get(row, 'place_text') || '' },
    { key: 'adm1', label: 'Unit', text: (record) => record.adm1 || '', sort: (rows, row) => rows.get(row, 'adm1') || '' },
    {
      key: 'sources',
      label: 'Source',
      text: (record) => (record.sources || []).join('; ') || record.source_file || '',
      sort: (rows, row) => (rows.get(row, 'sources') || [])[0] || '',
    },
  ];

  const byNumber = (values) => Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);

  // the distinct texts are sorted, by the letters of the language where that takes no more than a moment
  function byText(values) {
    const words = [...new Set(values)];
    if (words.length > 20000) words.sort();
    else words.sort(new Intl.Collator(M.lang()).compare);
    const rank = new Map(words.map((word, place) => [word, place]));
    return byNumber(values.map((value) => rank.get(value)));
  }

  // all rows in the order of a column, sorted once; what is shown is picked out of it
  function orderOf(state, by, known) {
    const rows = M.rows(state);
    if (!known.has(by.key)) {
      const column = COLUMNS.find((held) => held.key === by.key);
      const values = Array.from({ length: rows.n }, (_, row) => column.sort(rows, row));
      known.set(by.key, typeof values[0] === 'number' ? byNumber(values) : byText(values));
    }
    const order = known.get(by.key);
    return by.way > 0 ? order : order.slice().reverse();
  }

  M.parts.table = function (state) {
    if (!state.records.length) return;
    const open = el('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'marchland-table' }, M.t('Table'));
    let table = null;
    const show = (wanted) => {
      table = table || tableOf(state, () => show(false));
      table.panel.hidden = !wanted;
      state.box.classList.toggle('ml-with-table', wanted);
      open.setAttribute('aria-expanded', String(wanted));
      if (wanted) {
        // titles of a large map are unpacked only now
        M.rows(state).load().then(table.update);
        table.panel.querySelector('h2').focus();
      } else open.focus();
    };
    open.addEventListener('click', () => show(!table || table.panel.hidden));
    M.toolbar(state).prepend(open);
    M.onChange(state, () => table && !table.panel.hidden && M.rows(state).isWhole() && table.update());
  };

  function tableOf(state, close) {
    const by = { key: 'start', way: 1 };
    const orders = new Map();
    const rows = M.rows(state);
    let listed = [];
    const heads = COLUMNS.map((column) => headOf(column, by, () => update()));
    const body = el('tbody');
    const count = el('p', { class: 'ml-muted', role: 'status' });
    const grid = el('table', { 'aria-labelledby': 'ml-table-title' }, [
      el(
        'thead',
        null,
        el(
          'tr',
          null,
          heads.map((head) => head.cell),
        ),
      ),
      body,
    ]);
    const scroll = el('div', { class: 'ml-rows', tabindex: 0, role: 'group', 'aria-labelledby': 'ml-table-title' }, grid);
    const shut = el('button', { type: 'button', class: 'ml-close', 'aria-label': M.t('Close table') }, '×');
    shut.addEventListener('click', close);
    const panel = el('section', { class: 'ml-corner ml-table', id: 'marchland-table', 'aria-labelledby': 'ml-table-title' }, [
      el('div', { class: 'ml-table-head' }, [
        el('h2', { id: 'ml-table-title', tabindex: -1 }, M.t('Table of incidents')),
        count,
        M.exportButtons(state, () => listed),
        shut,
      ]),
      scroll,
    ]);
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    });
    L.DomEvent.disableClickPropagation(panel);
    L.DomEvent.disableScrollPropagation(panel);
    // Leaflet looks for the panel above the row that was clicked, in vain when the row has been drawn again
    panel.addEventListener('click', (event) => event.stopPropagation());
    state.box.appendChild(panel);

    // to a place of the map that neither table nor panels hide
    function choose(row) {
      M.select(state, rows.idOf(row));
      if (!state.store.located[row]) return;
      const below = panel.offsetHeight + 40;
      const isNarrow = M.layout(state) === 'narrow';
      state.map.panInside(M.latLng([state.store.col('lon')[row], state.store.col('lat')[row]]), {
        paddingTopLeft: isNarrow ? [40, 120] : [480, 60],
        paddingBottomRight: [isNarrow ? 40 : 340, below],
      });
    }

    function lineOf(at) {
      const row = listed[at];
      const record = rows.record(row);
      const cells = COLUMNS.map((column) => {
        const text = column.text(record);
        if (column.key !== 'title') return el('td', { dir: 'auto', title: text }, text);
        const pick = el('button', { type: 'button', class: 'ml-pick', dir: 'auto' }, [M.symbol(record, 18), ' ', text]);
        return el('td', { title: text }, pick);
      });
      const line = el('tr', { class: rows.idOf(row) === state.selectedId ? 'ml-current' : '' }, cells);
      line.setAttribute('aria-rowindex', at + 2);
      line.addEventListener('click', () => choose(row));
      return line;
    }
    function gap(height) {
      const cell = el('td');
      cell.colSpan = COLUMNS.length;
      cell.style.height = `${height}px`;
      return el('tr', { 'aria-hidden': 'true', class: 'ml-gap' }, cell);
    }
    let range = [0, 0];
    function draw(force) {
      const from = Math.max(0, Math.floor(scroll.scrollTop / ROW) - SPARE);
      const to = Math.min(listed.length, Math.ceil((scroll.scrollTop + scroll.clientHeight) / ROW) + SPARE);
      if (!force && range[0] === from && range[1] === to) return;
      range = [from, to];
      const focused = body.contains(document.activeElement) ? document.activeElement.closest('tr').getAttribute('aria-rowindex') : null;
      const lines = [];
      for (let at = from; at < to; at++) lines.push(lineOf(at));
      body.replaceChildren(gap(from * ROW), ...lines, gap((listed.length - to) * ROW));
      if (focused) {
        const again = body.querySelector(`tr[aria-rowindex="${Number(focused)}"] button`);
        if (again) again.focus({ preventScroll: true });
      }
    }
    scroll.addEventListener('scroll', () => draw(false));

    function update() {
      const { passing } = state.store;
      listed = orderOf(state, by, orders).filter((row) => passing[row]);
      grid.setAttribute('aria-rowcount', listed.length + 1);
      count.textContent = M.t('rows: {n} of {total}', { n: M.number(listed.length), total: M.number(rows.n) });
      heads.forEach((head) => head.update());
      draw(true);
      reveal();
    }
    function reveal() {
      const at = state.selectedId ? listed.indexOf(rows.rowOf(state.selectedId)) : -1;
      if (at < 0) return;
      const top = at * ROW;
      if (top < scroll.scrollTop || top > scroll.scrollTop + scroll.clientHeight - 2 * ROW) scroll.scrollTop = Math.max(0, top - scroll.clientHeight / 2);
      draw(true);
    }
    M.onSelect(state, () => {
      if (panel.hidden) return;
      draw(true);
      reveal();
    });
    return { panel, update };
  }

  function headOf(column, by, changed) {
    const button = el('button', { type: 'button' }, M.t(column.label));
    const mark = el('span', { 'aria-hidden': 'true' });
    button.append(mark);
    const cell = el('th', { scope: 'col', class: `ml-col-${column.key}` }, button);
    button.addEventListener('click', () => {
      by.way = by.key === column.key ? -by.way : 1;
      by.key = column.key;
      changed();
    });
    const update = () => {
      const mine = by.key === column.key;
      cell.setAttribute('aria-sort', mine ? (by.way > 0 ? 'ascending' : 'descending') : 'none');
      mark.textContent = mine ? (by.way > 0 ? ' ▲' : ' ▼') : '';
    };
    return { cell, update };
  }
})();
