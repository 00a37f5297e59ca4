'use strict';
// what is known about one incident or one spot, in a panel beside the map; text nodes only
(function () {
  const M = window.marchlandParts;
  const { el } = M;

  function row(term, value) {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)) return [];
    return [el('dt', null, term), el('dd', { dir: 'auto' }, value)];
  }
  const section = (title, children) => el('section', null, [el('h3', null, title)].concat(children));
  const list = (items) =>
    el(
      'ul',
      null,
      items.map((item) => el('li', { dir: 'auto' }, item)),
    );

  function claimCard(claim) {
    const about =
      claim.stance === 'partly' || claim.stance === 'calls' || claim.stance === 'no_comment' ? `${M.t(M.stanceWords[claim.stance])}. ` : '';
    return el('div', { class: 'ml-claim' }, [
      el('p', { class: 'ml-by', dir: 'auto' }, [claim.by || M.t('not named'), claim.side ? ` (${claim.side})` : '']),
      claim.about || about ? el('p', { dir: 'auto' }, [about, claim.about]) : null,
      claim.text ? el('blockquote', { dir: 'auto' }, claim.text) : null,
      el('p', { class: 'ml-muted' }, [
        claim.said_on ? M.day(claim.said_on) : M.t('day not reported'),
        claim.url ? ' · ' : '',
        claim.url ? M.link(claim.url, M.t('source')) : null,
      ]),
    ]);
  }

  // both sides in columns of their own, neither first by weight: assertions left, all else right
  function claims(record) {
    const held = record.claims || [];
    const asserting = held.filter((claim) => claim.stance === 'asserts');
    const other = held.filter((claim) => claim.stance !== 'asserts');
    const column = (title, items) =>
      el(
        'div',
        null,
        [el('h4', null, title)].concat(
          items.length ? items.map(claimCard) : [el('p', { class: 'ml-muted' }, M.t('nobody, as far as reported'))],
        ),
      );
    return el('div', { class: 'ml-claims' }, [column(M.t('Who says it'), asserting), column(M.t('Who denies it or tells it otherwise'), other)]);
  }

  const count = (record, name) => {
    const value = M.range(record[`${name}_low`], record[`${name}_high`]);
    return value === null ? M.t('not reported') : M.t('{n} (reported)', { n: value });
  };
  const actor = (held) => [held.name, held.side ? ` (${held.side})` : '', held.role ? `: ${held.role}` : ''].join('');

  function units(record) {
    return (record.adm1_shares || []).map((held) =>
      M.t('{unit}: {percent} % of where it may have been', { unit: held.unit, percent: Math.round(held.share * 100) }),
    );
  }

  function border(record) {
    if (record.border_distance_m === undefined) return null;
    const error = record.border_distance_error_m ? M.t(', give or take {distance}', { distance: M.metres(record.border_distance_error_m) }) : '';
    return (record.border_distance_m ? M.t('about {distance}', { distance: M.metres(record.border_distance_m) }) : M.t('touches it')) + error;
  }

  let names = null;
  M.zoneName = function (id) {
    if (!names) {
      names = new Map();
      for (const overlay of Object.values(M.data().overlays || {}))
        overlay.features.forEach((feature) => names.set(feature.id || overlay.common.id, feature.name || overlay.common.name));
    }
    return names.get(id) || id;
  };
  const zoneNames = (record) => (record.zones || []).map(M.zoneName);

  function source(held) {
    return /^https?:\/\//i.test(held) ? M.link(held, held) : held;
  }

  // the type is ours; where the source words it otherwise its word is told too
  function sourceWord(record) {
    const word = (record.event_text || '').trim();
    const known = [record.event_type, M.typeWord(record.event_type), M.pick(M.typeWords, record.event_type)].map((text) => M.folded(text || '').replaceAll('_', ' '));
    return word && !known.includes(M.folded(word).replaceAll('_', ' ')) ? el('span', { dir: 'auto' }, ` ${M.t('(source’s word: {word})', { word: word.replaceAll('_', ' ') })}`) : null;
  }

  M.incidentDetails = function (record) {
    const status = M.pick(M.statusWords, record.status) || ['Status not reported', ''];
    const shares = units(record);
    return el('div', { class: 'ml-incident' }, [
      el('h2', { dir: 'auto', tabindex: -1 }, M.titleOf(record)),
      el('p', { class: 'ml-head' }, [
        M.symbol(record, 30),
        el('span', null, [
          el('strong', null, M.typeWord(record.event_type)),
          sourceWord(record),
          el('br'),
          el('strong', null, M.t(status[0])),
          status[1] ? `: ${M.t(status[1])}` : '',
        ]),
      ]),
      record.draft ? el('p', { class: 'ml-draft' }, M.t('Draft: read by a machine; no person has checked it yet.')) : null,
      el(
        'dl',
        null,
        [].concat(
          row(M.t('When'), M.when(record)),
          row(M.t('Where'), [
            M.where(record),
            record.generalised_m ? M.t('; generalised on purpose by {distance}', { distance: M.metres(record.generalised_m) }) : '',
          ]),
          row(M.t('As written'), record.place_text && record.place_text !== record.place ? record.place_text : null),
          row(M.t('Parties'), record.actors ? list(record.actors.map(actor)) : M.t('not reported')),
        ),
      ),
      section(M.t('Claims'), claims(record)),
      section(
        M.t('Numbers'),
        el(
          'dl',
          null,
          [].concat(
            row(M.t('Strength'), count(record, 'strength')),
            row(M.t('Killed'), count(record, 'killed')),
            row(M.t('Wounded'), count(record, 'wounded')),
            row(M.t('Captured'), count(record, 'captured')),
          ),
        ),
      ),
      section(
        M.t('Location'),
        el(
          'dl',
          null,
          [].concat(
            row(M.t('Units'), shares.length ? list(shares) : record.adm1 || M.t('none')),
            row(M.t('Zones in force'), zoneNames(record).length ? list(zoneNames(record)) : null),
            row(M.t('To the Armenia-Azerbaijan line'), border(record)),
            row(M.t('Placed by'), M.word(M.methodWords, record.geocode_method) || record.geocode_method),
            row(M.t('Because'), record.geocode_reason),
          ),
        ),
      ),
      section(
        M.t('Source'),
        el(
          'dl',
          null,
          [].concat(
            row(M.t('Sources'), (record.sources || []).length ? list(record.sources.map(source)) : M.t('not named')),
            row(M.t('Read from'), record.source_file ? record.source_file + (record.source_row ? M.t(', row {n}', { n: record.source_row }) : '') : null),
            row(M.t('Id'), record.id),
          ),
        ),
      ),
    ]);
  };

  function period(held) {
    if (!held.start && !held.end) return null;
    const [start, end] = [M.day(held.start), M.day(held.end)];
    if (!held.end) return M.t('since {start}', { start });
    return held.start ? M.t('from {start} until {end}', { start, end }) : M.t('until {end}', { end });
  }

  function fact(held) {
    const range = M.range(held.low, held.high);
    const value = held.value || (range === null ? null : range);
    return el('li', { dir: 'auto' }, [
      el('strong', null, held.subject),
      value ? `: ${value}${held.unit ? ` ${held.unit}` : ''}` : '',
      held.place_text ? ` (${held.place_text})` : '',
      el('span', { class: 'ml-muted' }, [
        ' ',
        [period(held), held.said_on ? M.t('said on {day}', { day: M.day(held.said_on) }) : null, held.source, held.source_file].filter(Boolean).join(' · '),
      ]),
      held.text ? el('blockquote', { dir: 'auto' }, held.text) : null,
      held.note ? el('div', { class: 'ml-muted' }, held.note) : null,
    ]);
  }

  M.overlayDetails = function (overlay, feature) {
    const schematic = feature.schematic ? M.t('schematic, drawn from reports') : null;
    return el('details', { class: 'ml-feature', open: true }, [
      el('summary', { dir: 'auto' }, [M.swatch(overlay.stroke, overlay.key), ' ', feature.name || M.t(overlay.label)]),
      el(
        'dl',
        null,
        [].concat(
          row(M.t('Layer'), M.t(overlay.label)),
          row(M.t('In force'), period(feature)),
          row(M.t('Passed on'), feature.passed_on ? [M.day(feature.passed_on), feature.passed_how ? `, ${feature.passed_how}` : ''] : null),
          row(M.t('Status'), M.word(M.zoneStatusWords, feature.status) || feature.status),
          row(M.t('Held by'), feature.held_by),
          row(M.t('Drawn'), [schematic, feature.accuracy_m ? M.t('may be off by {distance}', { distance: M.metres(feature.accuracy_m) }) : null].filter(Boolean).join('; ')),
          row(M.t('Other names'), (feature.names || []).length ? feature.names.join(' · ') : null),
          row(M.t('Code'), feature.iso),
          row(M.t('Posts'), feature.posts),
          row(M.t('Note'), feature.note),
          row(M.t('Source'), feature.source),
        ),
      ),
      feature.facts
        ? el('div', null, [el('h3', null, M.t('Reported about it')), el('ul', { class: 'ml-facts' }, feature.facts.map(fact))])
        : null,
    ]);
  };

  // the table follows what is selected on the map
  M.onSelect = function (state, listener) {
    (state.selectListeners = state.selectListeners || []).push(listener);
  };
  const selectionChanged = (state) => (state.selectListeners || []).forEach((listener) => listener(state));

  M.showDetails = function (state, label, children) {
    const panel = state.panels.details || (state.panels.details = M.corner(state, 'details'));
    panel.replaceChildren(el('button', { type: 'button', class: 'ml-close', 'aria-label': M.t('Close details') }, '×'), ...children);
    panel.setAttribute('role', 'dialog');
    panel.setAttribute('aria-label', label);
    panel.querySelector('.ml-close').addEventListener('click', () => M.closeDetails(state));
    panel.classList.add('ml-open');
    panel.scrollTop = 0;
    selectionChanged(state);
  };

  M.closeDetails = function (state) {
    if (!state.panels.details || !state.panels.details.classList.contains('ml-open')) return;
    state.panels.details.classList.remove('ml-open');
    state.panels.details.replaceChildren();
    const from = state.selected;
    state.selectedId = null;
    M.deselect(state);
    selectionChanged(state);
    const marker = from && from.marker && from.marker.getElement();
    if (marker) marker.focus({ preventScroll: true });
  };
})();
