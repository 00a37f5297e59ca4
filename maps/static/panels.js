'use strict';
// what stands around the map: title and sources, legend, time filter, the unlocated
(function () {
  const M = window.marchlandParts;
  const { el } = M;

  M.panel = function (map, part) {
    const state = M.stateOf(map);
    // drawn when all layers are known, whatever their order in the map
    M.whenReady(() => parts[part](state));
  };

  function fold(title, children, open) {
    return el('details', { class: 'ml-fold', open }, [el('summary', null, title)].concat(children));
  }

  const parts = { facts, legend, time, unlocated };

  function facts(state) {
    const page = M.data().page;
    const corner = M.corner(state, 'title');
    const count = el('p', { class: 'ml-count', role: 'status', 'aria-live': 'polite' });
    corner.prepend(el('h1', { dir: 'auto' }, page.title), count);
    state.box.setAttribute('aria-label', `Map: ${page.title}`);
    M.onChange(state, () => {
      count.textContent = M.countText(state);
    });
    M.labels(state, page.labels || []);
    L.control.scale({ imperial: false, position: 'bottomright' }).addTo(state.map);
    const about = page.facts;
    const c = about.counts;
    M.corner(state, 'foot').append(
      el('p', { class: 'ml-disclaimer' }, about.disclaimer),
      el(
        'p',
        { class: 'ml-sources', dir: 'auto' },
        about.attribution
          .slice()
          .sort((a, b) => b.includes('©') - a.includes('©'))
          .join(' '),
      ),
      fold(
        'Sources and how this map was made',
        [
          el(
            'ul',
            null,
            about.attribution.map((line) => el('li', { dir: 'auto' }, line)),
          ),
          el('p', null, [
            `Rows read ${M.number(c.rows_in)}: ${M.number(c.mapped)} mapped, ${M.number(c.unlocated)} unlocated, ${M.number(c.held_back)} held back, ${M.number(c.rejected)} rejected. `,
            `Viewpoint: ${about.viewpoint}. Boundaries and zones ${about.as_of ? `as of ${M.day(about.as_of)}` : 'of each day'}. marchland ${about.version}.`,
          ]),
          about.inputs.length
            ? el(
                'ul',
                { class: 'ml-inputs' },
                about.inputs.map((held) =>
                  el('li', null, [el('span', { dir: 'auto' }, held.name), held.sha256 ? ` sha256 ${held.sha256.slice(0, 16)}…` : '']),
                ),
              )
            : null,
        ],
        false,
      ),
    );
  }

  function entryRow(state, entry) {
    const box = el('input', { type: 'checkbox', id: `ml-layer-${entry.key}`, name: entry.key });
    box.checked = entry.on;
    const count = el('span', { class: 'ml-n' });
    const row = el('li');
    const update = () => {
      row.classList.toggle('ml-none', entry.count() === 0);
      count.textContent = entry.count() === entry.total ? String(entry.total) : `${entry.count()} of ${entry.total}`;
      box.checked = entry.on;
    };
    box.addEventListener('change', () => {
      entry.on = box.checked;
      entry.toggle(box.checked);
      M.changed(state);
    });
    M.onChange(state, update);
    update();
    const info = entry.explain ? el('button', { type: 'button', class: 'ml-info', 'aria-label': `About: ${entry.label}` }, 'i') : null;
    if (info)
      info.addEventListener('click', () => {
        entry.explain();
        state.panels.details.querySelector('h2').focus();
      });
    row.append(box, el('label', { for: `ml-layer-${entry.key}` }, [entry.swatch(), el('span', { class: 'ml-name' }, entry.label), count]));
    if (info) row.append(info);
    return row;
  }

  function group(state, name) {
    const entries = state.entries
      .filter((entry) => entry.group === name)
      .sort((a, b) => (a.members ? a.label.localeCompare(b.label, 'en') : a.order - b.order));
    return entries.length
      ? el('fieldset', null, [
          el('legend', null, name),
          el(
            'ul',
            null,
            entries.map((entry) => entryRow(state, entry)),
          ),
        ])
      : null;
  }

  function keyRow(record, title, meaning) {
    return el('li', null, [M.symbol(record, 22), el('span', null, [el('strong', null, title), meaning ? `: ${meaning}` : ''])]);
  }

  function legend(state) {
    const sure = Object.entries(M.statusWords).map(([status, words]) =>
      keyRow({ event_type: 'other', status, location_kind: 'near' }, words[0], words[1]),
    );
    const exact = [
      ['near', 'Circle', 'at or near a place; the ring around it should hold the true point'],
      ['area', 'Dashed square', 'somewhere in the outlined area'],
      ['line', 'Lozenge', 'somewhere along the line'],
    ].map(([kind, title, meaning]) => keyRow({ event_type: 'other', status: 'claimed', location_kind: kind }, title, meaning));
    const draft = state.records.some((record) => record.draft)
      ? [
          keyRow(
            { event_type: 'other', status: 'claimed', location_kind: 'near', draft: true },
            'Yellow mark',
            'draft, not checked by a person',
          ),
        ]
      : [];
    const body = fold(
      'Layers and legend',
      [
        ...[...M.data().groups]
          .reverse()
          .map((name) => group(state, name))
          .filter(Boolean),
        el('fieldset', null, [el('legend', null, 'How sure'), el('ul', { class: 'ml-key' }, sure.concat(draft))]),
        el('fieldset', null, [el('legend', null, 'How exact'), el('ul', { class: 'ml-key' }, exact)]),
      ],
      M.layout(state) === 'wide',
    );
    body.id = 'marchland-legend';
    body.tabIndex = -1;
    M.corner(state, 'side').prepend(body);
  }

  function time(state) {
    const days = [state.span.from, state.span.to];
    if (!days[0]) return;
    const input = (label) => el('input', { type: 'date', min: days[0], max: days[1], 'aria-label': label });
    const [from, to] = [input('From day'), input('To day')];
    const all = el('button', { type: 'button' }, 'All');
    const apply = () => M.setTime(state, from.value === days[0] ? null : from.value, to.value === days[1] ? null : to.value);
    from.addEventListener('change', apply);
    to.addEventListener('change', apply);
    all.addEventListener('click', () => M.setTime(state, null, null));
    M.onChange(state, () => {
      from.value = state.period.from || days[0];
      to.value = state.period.to || days[1];
    });
    M.corner(state, 'title').append(
      el('div', { class: 'ml-time', role: 'group', 'aria-label': 'Period shown' }, [from, ' to ', to, ' ', all]),
    );
  }

  function unlocated(state) {
    const missing = state.records.filter((record) => !record.at);
    if (!missing.length) return;
    const rows = missing.map((record) => {
      const button = el('button', { type: 'button' }, [M.symbol(record, 20), ' ', el('span', { dir: 'auto' }, M.titleOf(record))]);
      button.addEventListener('click', () => M.select(state, record.id));
      return el('li', null, [
        button,
        el('div', { class: 'ml-muted', dir: 'auto' }, [
          record.place_text ? `“${record.place_text}”` : 'no place given',
          record.geocode_reason ? `: ${record.geocode_reason}` : '',
        ]),
      ]);
    });
    const body = fold(`Not on the map (${missing.length})`, el('ul', { class: 'ml-unlocated' }, rows), false);
    body.id = 'marchland-unlocated';
    M.corner(state, 'side').append(body);
  }
})();
