'use strict';
// the period shown: how many incidents each day or month holds, two handles on it, steps and play
(function () {
  const M = window.marchlandParts;
  const { el, svg } = M;
  const HEIGHT = 40;
  const PLAY_MS = 900;
  const ICONS = { back: 'M15 5l-7 7 7 7', play: 'M8 5l10 7-10 7z', pause: 'M8 6v12M16 6v12', next: 'M9 5l7 7-7 7' };

  M.parts.time = function (state) {
    if (!state.span.from) return;
    const control = controlOf(state);
    const fold = el('details', { class: 'ml-when', open: M.layout(state) !== 'narrow' }, [
      el('summary', null, [M.t('Time'), ': ', control.words]),
      el('div', { class: 'ml-time', role: 'group', 'aria-label': M.t('Period shown') }, [
        control.chart,
        control.row,
        el('p', { class: 'ml-hint' }, control.hint),
      ]),
    ]);
    M.corner(state, 'title').append(fold);
    M.onChange(state, control.update);
  };

  // bins of one unit: a day when the whole is short, a month, or a year
  M.bins = function (first, last) {
    const unit = last - first < 93 ? 'day' : last - first < 366 * 20 ? 'month' : 'year';
    const starts = [];
    for (let day = first; day <= last; day = after(day, unit)) starts.push(day);
    return { unit, starts, first, last, end: (i) => (i + 1 < starts.length ? starts[i + 1] - 1 : last) };
  };

  function after(day, unit) {
    if (unit === 'day') return day + 1;
    const iso = M.isoDay(day);
    const [year, month] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7))];
    const next = unit === 'year' || month === 12 ? [year + 1, 1] : [year, month + 1];
    return M.dayNumber(`${next[0]}-${String(next[1]).padStart(2, '0')}-01`);
  }

  // an incident counts in every bin that one of its days falls in
  M.binCounts = function (bins, rows, bytes) {
    const binOf = new Int32Array(bins.last - bins.first + 1);
    bins.starts.forEach((start, i) => binOf.fill(i, start - bins.first, bins.end(i) - bins.first + 1));
    const steps = new Int32Array(bins.starts.length + 1);
    for (let row = 0; row < rows.n; row++) {
      if (!bytes[row] || rows.first[row] === M.NO_DAY) continue;
      steps[binOf[rows.first[row] - bins.first]] += 1;
      steps[binOf[rows.last[row] - bins.first] + 1] -= 1;
    }
    let held = 0;
    return bins.starts.map((_, i) => (held += steps[i]));
  };

  function bars(bins, counts, most) {
    const width = bins.last - bins.first + 1;
    return counts
      .map((count, i) => {
        if (!count) return '';
        const height = Math.max(1.5, (count / most) * (HEIGHT - 2));
        const left = ((bins.starts[i] - bins.first) / width) * 1000;
        const right = ((bins.end(i) + 1 - bins.first) / width) * 1000;
        const gap = Math.min(1, (right - left) / 4);
        return `M${(left + gap).toFixed(1)} ${HEIGHT}v${(-height).toFixed(1)}H${(right - gap).toFixed(1)}V${HEIGHT}z`;
      })
      .join('');
  }

  function years(bins) {
    const from = Number(M.isoDay(bins.first).slice(0, 4));
    const to = Number(M.isoDay(bins.last).slice(0, 4));
    const every = Math.ceil((to - from + 1) / 8);
    const held = [];
    for (let year = from + 1; year <= to; year += every) {
      const mark = el('span', null, String(year));
      mark.style.left = `${((M.dayNumber(`${year}-01-01`) - bins.first) / (bins.last - bins.first + 1)) * 100}%`;
      held.push(mark);
    }
    return el('div', { class: 'ml-years', 'aria-hidden': 'true' }, held);
  }

  const icon = (name) =>
    svg('svg', { viewBox: '0 0 24 24', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' }, [
      svg('path', { d: ICONS[name], fill: name === 'play' ? 'currentColor' : 'none', stroke: 'currentColor', 'stroke-width': name === 'pause' ? 4 : 2.5 }),
    ]);
  function iconButton(name, label, act) {
    const made = el('button', { type: 'button', class: 'ml-icon', 'aria-label': label, title: label }, icon(name));
    made.addEventListener('click', act);
    return made;
  }

  function controlOf(state) {
    const rows = M.rows(state);
    const bins = M.bins(M.dayNumber(state.span.from), M.dayNumber(state.span.to));
    const length = bins.last - bins.first;
    const whole = [state.span.from, state.span.to];
    const chosen = () => [state.period.from || whole[0], state.period.to || whole[1]];
    const set = (from, to) => M.setTime(state, from === whole[0] ? null : from, to === whole[1] ? null : to);

    const all = svg('path', { class: 'ml-bars-all' });
    const kept = svg('path', { class: 'ml-bars' });
    const frame = svg('rect', { class: 'ml-window', y: 0, height: HEIGHT });
    const picture = svg('svg', { viewBox: `0 0 1000 ${HEIGHT}`, class: 'ml-histogram', 'aria-hidden': 'true', focusable: 'false' }, [frame, all, kept]);
    picture.setAttribute('preserveAspectRatio', 'none');

    const slider = (label) => {
      const made = el('input', { type: 'range', min: 0, max: length, 'aria-label': label });
      made.step = 1;
      return made;
    };
    const [low, high] = [slider(M.t('First day shown')), slider(M.t('Last day shown'))];
    // many moves of a handle in one frame are one change of the map
    let waiting = false;
    const slide = (moved) => {
      if (Number(low.value) > Number(high.value)) (moved === low ? high : low).value = moved.value;
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        set(M.isoDay(bins.first + Number(low.value)), M.isoDay(bins.first + Number(high.value)));
      });
    };
    for (const one of [low, high]) one.addEventListener('input', () => slide(one));

    const box = (label) => el('input', { type: 'date', min: whole[0], max: whole[1], 'aria-label': label });
    const [from, to] = [box(M.t('From day')), box(M.t('To day'))];
    const type = () => set(from.value || whole[0], to.value || whole[1]);
    for (const one of [from, to]) one.addEventListener('change', type);

    const binOf = (day) => bins.starts.findLastIndex((start) => start <= day);
    // to the bins after or before those shown, as many of them; from the whole to its first or last bin
    const step = (by) => {
      const [first, last] = chosen().map((iso) => binOf(M.dayNumber(iso)));
      const isWhole = first === 0 && last === bins.starts.length - 1;
      const at = isWhole ? (by > 0 ? 0 : last) : first + by;
      const end = isWhole ? at : last + by;
      if (at < 0 || end >= bins.starts.length) return false;
      set(M.isoDay(bins.starts[at]), M.isoDay(bins.end(end)));
      return true;
    };
    let timer = null;
    const play = iconButton('play', M.t('Play'), () => (timer ? stop() : start()));
    function start() {
      if (!step(1)) {
        M.setTime(state, null, null);
        step(1);
      }
      timer = setInterval(() => step(1) || stop(), PLAY_MS);
      play.replaceChildren(icon('pause'));
      play.setAttribute('aria-label', M.t('Stop'));
      play.title = M.t('Stop');
    }
    function stop() {
      clearInterval(timer);
      timer = null;
      play.replaceChildren(icon('play'));
      play.setAttribute('aria-label', M.t('Play'));
      play.title = M.t('Play');
    }
    const by = { day: M.t('One day back'), month: M.t('One month back'), year: M.t('One year back') };
    const on = { day: M.t('One day on'), month: M.t('One month on'), year: M.t('One year on') };
    const manual = (work) => () => {
      stop();
      work();
    };
    const reset = el('button', { type: 'button' }, M.t('All|days'));
    reset.addEventListener(
      'click',
      manual(() => M.setTime(state, null, null)),
    );

    const words = el('span', { class: 'ml-period' });
    const undated = rows.first.reduce((sum, day) => sum + (day === M.NO_DAY), 0);
    const hint = [
      { day: M.t('An uncertain date counts in every day it covers.'), month: M.t('An uncertain date counts in every month it covers.'), year: M.t('An uncertain date counts in every year it covers.') }[
        bins.unit
      ],
      undated ? M.t('Without a date and always shown: {n}.', { n: M.number(undated) }) : '',
    ].join(' ');

    const total = M.binCounts(bins, rows, new Uint8Array(rows.n).fill(1));
    const most = Math.max(1, ...total);
    all.setAttribute('d', bars(bins, total, most));
    let drawn = null;
    function update() {
      const [first, last] = chosen();
      // the bars change with filter and legend, not with the handles
      const key = M.keptVersion(state);
      if (key !== drawn) {
        drawn = key;
        kept.setAttribute('d', bars(bins, M.binCounts(bins, rows, M.keptRows(state)), most));
      }
      // a period that was set from outside may reach beyond what the handles can show
      const [a, b] = [first, last].map((iso) => Math.min(Math.max(M.dayNumber(iso) - bins.first, 0), length));
      low.value = a;
      high.value = b;
      low.setAttribute('aria-valuetext', M.day(first));
      high.setAttribute('aria-valuetext', M.day(last));
      from.value = first;
      to.value = last;
      frame.setAttribute('x', (a / (length + 1)) * 1000);
      frame.setAttribute('width', Math.max(((b - a + 1) / (length + 1)) * 1000, 2));
      const isWhole = !state.period.from && !state.period.to;
      words.textContent = isWhole ? M.t('all days, {span}', { span: M.span(...whole) }) : M.span(first, last);
      reset.disabled = isWhole;
    }

    const chart = el('div', { class: 'ml-chart' }, [picture, el('div', { class: 'ml-range' }, [low, high]), years(bins)]);
    const row = el('div', { class: 'ml-steps' }, [
      iconButton(
        'back',
        by[bins.unit],
        manual(() => step(-1)),
      ),
      play,
      iconButton(
        'next',
        on[bins.unit],
        manual(() => step(1)),
      ),
      from,
      to,
      reset,
    ]);
    return { chart, row, words, hint, update };
  }
})();
