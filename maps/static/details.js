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
      claim.stance === 'partly' || claim.stance === 'calls' || claim.stance === 'no_comment' ? `${M.stanceWords[claim.stance]}. ` : '';
    return el('div', { class: 'ml-claim' }, [
      el('p', { class: 'ml-by', dir: 'auto' }, [claim.by || 'not named', claim.side ? ` (${claim.side})` : '']),
      claim.about || about ? el('p', { dir: 'auto' }, [about, claim.about]) : null,
      claim.text ? el('blockquote', { dir: 'auto' }, claim.text) : null,
      el('p', { class: 'ml-muted' }, [
        claim.said_on ? M.day(claim.said_on) : 'day not reported',
        claim.url ? ' · ' : '',
        claim.url ? M.link(claim.url, 'source') : null,
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
          items.length ? items.map(claimCard) : [el('p', { class: 'ml-muted' }, 'nobody, as far as reported')],
        ),
      );
    return el('div', { class: 'ml-claims' }, [column('Who says it', asserting), column('Who denies it or tells it otherwise', other)]);
  }

  const count = (record, name) => {
    const value = M.range(record[`${name}_low`], record[`${name}_high`]);
    return value === null ? 'not reported' : `${value} (reported)`;
  };
  const actor = (held) => [held.name, held.side ? ` (${held.side})` : '', held.role ? `: ${held.role}` : ''].join('');

  function units(record) {
    return (record.adm1_shares || []).map((held) => `${held.unit}: ${Math.round(held.share * 100)} % of where it may have been`);
  }

  function border(record) {
    if (record.border_distance_m === undefined) return null;
    const error = record.border_distance_error_m ? `, give or take ${M.metres(record.border_distance_error_m)}` : '';
    return record.border_distance_m ? `about ${M.metres(record.border_distance_m)}${error}` : `touches it${error}`;
  }

  function zoneNames(record) {
    const names = new Map();
    for (const overlay of Object.values(M.data().overlays || {}))
      overlay.features.forEach((feature) => names.set(feature.id, feature.name || overlay.common.name));
    return (record.zones || []).map((id) => names.get(id) || id);
  }

  function source(held) {
    return /^https?:\/\//i.test(held) ? M.link(held, held) : held;
  }

  M.incidentDetails = function (record) {
    const status = M.pick(M.statusWords, record.status) || ['Status not reported', ''];
    const shares = units(record);
    return el('div', { class: 'ml-incident' }, [
      el('h2', { dir: 'auto', tabindex: -1 }, M.titleOf(record)),
      el('p', { class: 'ml-head' }, [
        M.symbol(record, 30),
        el('span', null, [
          el('strong', null, M.pick(M.typeWords, record.event_type) || 'Other'),
          record.event_text && record.event_type === 'other' ? ` (“${record.event_text}”)` : '',
          el('br'),
          el('strong', null, status[0]),
          status[1] ? `: ${status[1]}` : '',
        ]),
      ]),
      record.draft ? el('p', { class: 'ml-draft' }, 'Draft: read by a machine; no person has checked it yet.') : null,
      el(
        'dl',
        null,
        [].concat(
          row('When', M.when(record)),
          row('Where', [M.where(record), record.generalised_m ? `; generalised on purpose by ${M.metres(record.generalised_m)}` : '']),
          row('As written', record.place_text && record.place_text !== record.place ? record.place_text : null),
          row('Parties', record.actors ? list(record.actors.map(actor)) : 'not reported'),
        ),
      ),
      section('Claims', claims(record)),
      section(
        'Numbers',
        el(
          'dl',
          null,
          [].concat(
            row('Strength', count(record, 'strength')),
            row('Killed', count(record, 'killed')),
            row('Wounded', count(record, 'wounded')),
            row('Captured', count(record, 'captured')),
          ),
        ),
      ),
      section(
        'Location',
        el(
          'dl',
          null,
          [].concat(
            row('Units', shares.length ? list(shares) : record.adm1 || 'none'),
            row('Zones in force', zoneNames(record).length ? list(zoneNames(record)) : null),
            row('To the Armenia-Azerbaijan line', border(record)),
            row('Placed by', M.pick(M.methodWords, record.geocode_method) || record.geocode_method),
            row('Because', record.geocode_reason),
          ),
        ),
      ),
      section(
        'Source',
        el(
          'dl',
          null,
          [].concat(
            row('Sources', (record.sources || []).length ? list(record.sources.map(source)) : 'not named'),
            row('Read from', record.source_file ? `${record.source_file}${record.source_row ? `, row ${record.source_row}` : ''}` : null),
            row('Id', record.id),
          ),
        ),
      ),
    ]);
  };

  function period(held) {
    if (!held.start && !held.end) return null;
    if (!held.end) return `since ${M.day(held.start)}`;
    return held.start ? `from ${M.day(held.start)} until ${M.day(held.end)}` : `until ${M.day(held.end)}`;
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
        [period(held), held.said_on ? `said on ${M.day(held.said_on)}` : null, held.source, held.source_file].filter(Boolean).join(' · '),
      ]),
      held.text ? el('blockquote', { dir: 'auto' }, held.text) : null,
      held.note ? el('div', { class: 'ml-muted' }, held.note) : null,
    ]);
  }

  M.overlayDetails = function (overlay, feature) {
    const schematic = feature.schematic ? 'schematic, drawn from reports' : null;
    return el('details', { class: 'ml-feature', open: true }, [
      el('summary', { dir: 'auto' }, [M.swatch(overlay.stroke, overlay.key), ' ', feature.name || overlay.label]),
      el(
        'dl',
        null,
        [].concat(
          row('Layer', overlay.label),
          row('In force', period(feature)),
          row('Passed on', feature.passed_on ? [M.day(feature.passed_on), feature.passed_how ? `, ${feature.passed_how}` : ''] : null),
          row('Status', M.pick(M.zoneStatusWords, feature.status) || feature.status),
          row('Held by', feature.held_by),
          row('Drawn', [schematic, feature.accuracy_m ? `may be off by ${M.metres(feature.accuracy_m)}` : null].filter(Boolean).join('; ')),
          row('Other names', (feature.names || []).length ? feature.names.join(' · ') : null),
          row('Code', feature.iso),
          row('Posts', feature.posts),
          row('Note', feature.note),
          row('Source', feature.source),
        ),
      ),
      feature.facts
        ? el('div', null, [el('h3', null, 'Reported about it'), el('ul', { class: 'ml-facts' }, feature.facts.map(fact))])
        : null,
    ]);
  };

  M.showDetails = function (state, label, children) {
    const panel = state.panels.details || (state.panels.details = M.corner(state, 'details'));
    panel.replaceChildren(el('button', { type: 'button', class: 'ml-close', 'aria-label': 'Close details' }, '×'), ...children);
    panel.setAttribute('role', 'dialog');
    panel.setAttribute('aria-label', label);
    panel.querySelector('.ml-close').addEventListener('click', () => M.closeDetails(state));
    panel.classList.add('ml-open');
    panel.scrollTop = 0;
  };

  M.closeDetails = function (state) {
    if (!state.panels.details || !state.panels.details.classList.contains('ml-open')) return;
    state.panels.details.classList.remove('ml-open');
    state.panels.details.replaceChildren();
    const from = state.selected;
    state.selectedId = null;
    M.deselect(state);
    const marker = from && from.marker && from.marker.getElement();
    if (marker) marker.focus({ preventScroll: true });
  };
})();
