'use strict';
// the page's own words: types, statuses, and precision told in sentences
(function () {
  const M = window.marchlandParts;

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

  const number = new Intl.NumberFormat('en');
  M.number = (value) => number.format(value);

  M.metres = function (metres) {
    if (metres < 950) return `${M.number(Math.round(metres / 50) * 50 || Math.round(metres))} m`;
    const km = metres / 1000;
    return `${M.number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km))} km`;
  };

  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  // from the text of the date, so that every viewer reads the same day
  M.day = function (iso) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso || '');
    return parts ? `${Number(parts[3])} ${MONTHS[Number(parts[2]) - 1]} ${parts[1]}` : String(iso || '');
  };

  M.when = function (record) {
    if (!record.start && !record.end) return 'date not reported';
    const [start, end] = [record.start || record.end, record.end || record.start];
    const month = `${MONTHS[Number(start.slice(5, 7)) - 1]} ${start.slice(0, 4)}`;
    const span = `${M.day(start)} to ${M.day(end)}`;
    switch (record.date_precision) {
      case 'year':
        return start.slice(0, 4) === end.slice(0, 4) ? `some time in ${start.slice(0, 4)}` : `some time from ${span}`;
      case 'month':
        return start.slice(0, 7) === end.slice(0, 7) ? `some time in ${month}` : `some time from ${span}`;
      case 'week':
        return `some day from ${span}`;
      case 'unknown':
        return start === end ? `${M.day(start)} (precision not reported)` : `some time from ${span}`;
      default:
        return start === end ? M.day(start) : span;
    }
  };

  M.where = function (record) {
    const name = record.place || record.place_text || 'the place described';
    const radius = record.radius_m;
    switch (record.location_kind) {
      case 'point':
        return radius ? `at ${name}, give or take ${M.metres(radius)}` : `at ${name}`;
      case 'near':
        return radius ? `within about ${M.metres(radius)} of ${name}` : `near ${name}`;
      case 'area':
        return `somewhere in ${name}`;
      case 'line':
        return radius ? `along ${name}, give or take ${M.metres(radius)}` : `along ${name}`;
      default:
        return `not located: ${record.place_text || 'no place given'}`;
    }
  };

  M.range = function (low, high) {
    const known = (value) => value !== null && value !== undefined;
    if (!known(low) && !known(high)) return null;
    if (known(low) && known(high)) return low === high ? M.number(low) : `${M.number(low)} to ${M.number(high)}`;
    return known(low) ? `at least ${M.number(low)}` : `up to ${M.number(high)}`;
  };

  M.titleOf = (record) => record.title || M.pick(M.typeWords, record.event_type) || 'Incident';
  M.nameOf = (record) =>
    [M.titleOf(record), M.when(record), M.where(record), (M.pick(M.statusWords, record.status) || ['Status not reported'])[0].toLowerCase()].join(
      ', ',
    );
})();
