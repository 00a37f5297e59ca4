'use strict';
// what stands around the map: title and sources, legend, the unlocated; time, filter and table have scripts of their own
(function () {
  const M = window.marchlandParts;
  const { el } = M;

  M.panel = function (map, part) {
    const state = M.stateOf(map);
    // drawn when all layers are known, whatever their order in the map
    M.whenReady(() => M.parts[part](state));
  };

  const fold = (M.fold = (title, children, open) => el('details', { class: 'ml-fold', open }, [el('summary', null, title)].concat(children)));

  // buttons beside the count
  M.toolbar = function (state) {
    if (!state.panels.toolbar) {
      state.panels.toolbar = el('div', { class: 'ml-tools', role: 'group', 'aria-label': M.t('Tools') });
      M.corner(state, 'title').append(state.panels.toolbar);
    }
    return state.panels.toolbar;
  };

  M.parts.facts = function (state) {
    const page = M.data().page;
    const corner = M.corner(state, 'title');
    const count = el('p', { class: 'ml-count', role: 'status', 'aria-live': 'polite' });
    corner.prepend(el('h1', { dir: 'auto' }, page.title), el('div', { class: 'ml-count-line' }, [count, M.toolbar(state)]));
    state.box.setAttribute('aria-label', M.t('Map: {title}', { title: page.title }));
    M.onChange(state, () => {
      count.textContent = M.countText(state);
    });
    M.labels(state, page.labels || []);
    L.control.scale({ imperial: false, position: 'bottomright' }).addTo(state.map);
    const about = page.facts;
    const c = about.counts;
    M.corner(state, 'foot').append(
      el('p', { class: 'ml-disclaimer' }, M.t(about.disclaimer)),
      el(
        'p',
        { class: 'ml-sources', dir: 'auto' },
        about.attribution
          .slice()
          .sort((a, b) => b.includes('©') - a.includes('©'))
          .join(' '),
      ),
      fold(
        M.t('Sources and how this map was made'),
        [
          el(
            'ul',
            null,
            about.attribution.map((line) => el('li', { dir: 'auto' }, line)),
          ),
          el(
            'p',
            null,
            [
              M.t('Rows read {rows_in}: {mapped} mapped, {unlocated} unlocated, {held_back} held back, {rejected} rejected.', counted(c)),
              M.t('Viewpoint: {viewpoint}.', { viewpoint: M.word(M.viewpointWords, about.viewpoint) || about.viewpoint }),
              about.as_of ? M.t('Boundaries and zones as of {day}.', { day: M.day(about.as_of) }) : M.t('Boundaries and zones of each day.'),
              `marchland ${about.version}`,
            ].join(' '),
          ),
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
  };

  const counted = (counts) => Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, M.number(value)]));

  function entryRow(state, entry) {
    const box = el('input', { type: 'checkbox', id: `ml-layer-${entry.key}`, name: entry.key });
    box.checked = entry.on;
    const count = el('span', { class: 'ml-n' });
    const row = el('li');
    const update = () => {
      const [shown, total] = [entry.count(), entry.total];
      row.classList.toggle('ml-none', shown === 0);
      count.textContent = shown === total ? M.number(total) : M.t('{n} of {total}', { n: M.number(shown), total: M.number(total) });
      box.checked = entry.on;
    };
    box.addEventListener('change', () => {
      entry.on = box.checked;
      entry.toggle(box.checked);
      M.changed(state);
    });
    M.onChange(state, update);
    update();
    const info = entry.explain ? el('button', { type: 'button', class: 'ml-info', 'aria-label': M.t('About: {layer}', { layer: M.t(entry.label) }) }, 'i') : null;
    if (info)
      info.addEventListener('click', () => {
        entry.explain();
        state.panels.details.querySelector('h2').focus();
      });
    row.append(box, el('label', { for: `ml-layer-${entry.key}` }, [entry.swatch(), el('span', { class: 'ml-name' }, M.t(entry.label)), count]));
    if (info) row.append(info);
    return row;
  }

  function group(state, name) {
    const entries = state.entries
      .filter((entry) => entry.group === name)
      .sort((a, b) => (a.order === undefined ? M.t(a.label).localeCompare(M.t(b.label), M.lang()) : a.order - b.order));
    return entries.length
      ? el('fieldset', null, [
          el('legend', null, M.t(name)),
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

  M.parts.legend = function (state) {
    const sure = Object.entries(M.statusWords).map(([status, words]) =>
      keyRow({ event_type: 'other', status, location_kind: 'near' }, M.t(words[0]), M.t(words[1])),
    );
    const exact = [
      ['near', 'Circle', 'at or near a place; the ring around it should hold the true point'],
      ['area', 'Dashed square', 'somewhere in the outlined area'],
      ['line', 'Lozenge', 'somewhere along the line'],
    ].map(([kind, title, meaning]) => keyRow({ event_type: 'other', status: 'claimed', location_kind: kind }, M.t(title), M.t(meaning)));
    const draft = state.store.col('draft').includes(1)
      ? [
          keyRow(
            { event_type: 'other', status: 'claimed', location_kind: 'near', draft: true },
            M.t('Yellow mark'),
            M.t('draft, not checked by a person'),
          ),
        ]
      : [];
    const body = fold(
      M.t('Layers and legend'),
      [
        ...[...M.data().groups]
          .reverse()
          .map((name) => group(state, name))
          .filter(Boolean),
        el('fieldset', null, [el('legend', null, M.t('How sure')), el('ul', { class: 'ml-key' }, sure.concat(draft))]),
        el('fieldset', null, [el('legend', null, M.t('How exact')), el('ul', { class: 'ml-key' }, exact)]),
        M.clusterLegend(state),
      ],
      M.layout(state) === 'wide',
    );
    body.id = 'marchland-legend';
    body.tabIndex = -1;
    M.corner(state, 'side').prepend(body);
  };

  M.parts.unlocated = function (state) {
    const missing = state.store.unlocated;
    if (!missing.length) return;
    const body = fold(M.t('Not on the map ({n})', { n: M.number(missing.length) }), null, false);
    // many are listed in pages, when somebody looks
    M.fillWhenSeen(state, body, missing, (i) => {
      const record = state.store.record(i);
      const button = el('button', { type: 'button' }, [M.symbol(record, 20), ' ', el('span', { dir: 'auto' }, M.titleOf(record))]);
      button.addEventListener('click', () => M.select(state, record.id));
      return el('li', null, [
        button,
        el('div', { class: 'ml-muted', dir: 'auto' }, [
          record.place_text ? `“${record.place_text}”` : M.t('no place given'),
          record.geocode_reason ? `: ${record.geocode_reason}` : '',
        ]),
      ]);
    });
    body.id = 'marchland-unlocated';
    M.corner(state, 'side').append(body);
  };
})();
