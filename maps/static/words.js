'use strict';
// the page's own words: types, statuses, and precision told in sentences; English here, other languages in lang-*.json by the English text
(function () {
  const M = window.marchlandParts;

  // the text in the page's language with {names} filled in; what follows a bar tells apart texts that English words alike
  M.t = function (text, values) {
    const texts = (M.data().words || { texts: {} }).texts;
    const found = M.pick(texts, text) || text.split('|')[0];
    return values ? found.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole)) : found;
  };
  M.lang = () => (M.data().words || { lang: 'en' }).lang;

  M.typeWords = {
    advance: 'Reported advance',
    casualties_report: 'Report of casualties',
    ceasefire: 'Ceasefire',
    ceasefire_violation: 'Ceasefire violation',
    checkpoint: 'Checkpoint',
    deployment: 'Deployment',
    detention: 'Detention',
    drone_strike: 'Drone strike',
    engineering_works: 'Engineering works',
    firefight: 'Exchange of fire',
    handover: 'Handover',
    infrastructure_damage: 'Damage to infrastructure',
    mine_blast: 'Mine blast',
    monitoring: 'Monitoring',
    negotiation: 'Negotiation',
    other: 'Other',
    road_closure: 'Road closure',
    shelling: 'Shelling',
    troop_presence: 'Troop presence',
    withdrawal: 'Withdrawal',
  };
  M.troopTypes = ['advance', 'deployment', 'troop_presence'];

  M.statusWords = {
    confirmed: ['Confirmed', 'asserted by more than one side, denied by none'],
    claimed: ['Claimed', 'asserted by one side, denied by none'],
    disputed: ['Disputed', 'asserted by one, denied or told otherwise by another'],
    denied: ['Denied', 'only a denial is known'],
    unverified: ['Unverified', 'no named source takes a stance'],
  };

  M.kindWords = {
    point: 'At a place',
    near: 'Near a place',
    area: 'Somewhere in an area',
    line: 'Along a line',
    unknown: 'Not located',
  };

  M.zoneStatusWords = {
    agreed: 'agreed',
    undelimited: 'undelimited',
    de_facto: 'as it was on the ground',
    de_jure: 'by law',
    former_de_jure: 'by former law',
    declared: 'declared by one side',
    reported: 'reported',
  };

  M.stanceWords = { asserts: 'Says so', denies: 'Denies it', partly: 'Tells it otherwise', no_comment: 'No comment', calls: 'Calls for' };

  M.methodWords = {
    coordinates: 'coordinates in the source',
    place_id: 'place id in the source',
    name: 'place name',
    relation: 'wording relative to a place',
    ambiguous: 'the name fits several places',
    unresolved: 'not resolved',
  };

  M.viewpointWords = { neutral: 'neutral|viewpoint', de_facto: 'de facto', de_jure: 'de jure' };

  M.word = (table, key) => (M.pick(table, key) ? M.t(M.pick(table, key)) : undefined);
  M.typeWord = (type) => M.word(M.typeWords, type) || M.t('Other');
  M.statusWord = (status) => (M.pick(M.statusWords, status) ? M.t(M.pick(M.statusWords, status)[0]) : M.t('Status not reported'));
  M.kindWord = (kind) => M.word(M.kindWords, kind) || M.t('Not located');

  let number = null;
  M.number = function (value) {
    number = number || new Intl.NumberFormat(M.lang());
    return number.format(value);
  };

  M.metres = function (metres) {
    if (metres < 950) return M.t('{n} m', { n: M.number(Math.round(metres / 50) * 50 || Math.round(metres)) });
    const km = metres / 1000;
    return M.t('{n} km', { n: M.number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km)) });
  };

  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  // from the text of the date, so that every viewer reads the same day
  M.day = function (iso) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso || '');
    if (!parts) return String(iso || '');
    return M.t('{day} {month} {year}', { day: Number(parts[3]), month: M.t(MONTHS[Number(parts[2]) - 1]), year: parts[1] });
  };
  // a month by itself has another form than in a date in some languages
  M.month = (iso) => M.t('{month} {year}|month', { month: M.t(`${MONTHS[Number(iso.slice(5, 7)) - 1]}|alone`), year: iso.slice(0, 4) });
  M.span = (from, to) => (from === to ? M.day(from) : M.t('{from} to {to}', { from: M.day(from), to: M.day(to) }));

  M.when = function (record) {
    if (!record.start && !record.end) return M.t('date not reported');
    const [start, end] = [record.start || record.end, record.end || record.start];
    const span = M.span(start, end);
    const within = () => M.t('some time from {span}', { span });
    switch (record.date_precision) {
      case 'year':
        return start.slice(0, 4) === end.slice(0, 4) ? M.t('some time in {year}|year', { year: start.slice(0, 4) }) : within();
      case 'month':
        return start.slice(0, 7) === end.slice(0, 7) ? M.t('some time in {month}|month', { month: M.month(start) }) : within();
      case 'week':
        return M.t('some day from {span}', { span });
      case 'unknown':
        return start === end ? M.t('{day} (precision not reported)', { day: M.day(start) }) : within();
      default:
        return span;
    }
  };

  M.where = function (record) {
    const place = record.place || record.place_text || M.t('the place described');
    const distance = record.radius_m ? M.metres(record.radius_m) : null;
    switch (record.location_kind) {
      case 'point':
        return distance ? M.t('at {place}, give or take {distance}', { place, distance }) : M.t('at {place}', { place });
      case 'near':
        return distance ? M.t('within about {distance} of {place}', { place, distance }) : M.t('near {place}', { place });
      case 'area':
        return M.t('somewhere in {place}', { place });
      case 'line':
        return distance ? M.t('along {place}, give or take {distance}', { place, distance }) : M.t('along {place}', { place });
      default:
        return M.t('not located: {place}', { place: record.place_text || M.t('no place given') });
    }
  };

  M.range = function (low, high) {
    const known = (value) => value !== null && value !== undefined;
    if (!known(low) && !known(high)) return null;
    if (known(low) && known(high)) return low === high ? M.number(low) : M.t('{low} to {high}', { low: M.number(low), high: M.number(high) });
    return known(low) ? M.t('at least {n}', { n: M.number(low) }) : M.t('up to {n}', { n: M.number(high) });
  };

  M.titleOf = (record) => record.title || M.word(M.typeWords, record.event_type) || M.t('Incident');
  M.nameOf = (record) => [M.titleOf(record), M.when(record), M.where(record), M.statusWord(record.status).toLowerCase()].join(', ');
})();
