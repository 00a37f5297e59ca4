'use strict';
// all records at a spot or behind a cluster, each within reach: a list in pages, and steps from one to the next
(function () {
  const M = window.marchlandParts;
  const { el } = M;
  const PAGE = 30;
  const FOLD_PAGE = 200;

  // indices of the shown records that stand exactly where this one does
  M.sameSpot = function (state, i) {
    const { store } = state;
    const [lon, lat] = [store.col('lon'), store.col('lat')];
    const found = [];
    for (let k = 0; k < store.n; k++) if (store.shown[k] && lon[k] === lon[i] && lat[k] === lat[i]) found.push(k);
    return found;
  };

  // below the details of a record; null when it stands alone
  M.stepper = function (state, i) {
    if (!state.store.located[i]) return null;
    const here = M.sameSpot(state, i);
    if (here.length < 2 || !here.includes(i)) return null;
    return listOf(state, here, {
      name: M.t('Records at this spot'),
      words: M.t('{n} records stand at this spot:', { n: M.number(here.length) }),
      current: i,
    });
  };

  function listOf(state, indices, { name, words, current }) {
    const first = current === undefined ? 0 : Math.floor(indices.indexOf(current) / PAGE) * PAGE;
    const draw = (i) => el('li', null, itemOf(state, i, i === current));
    return el('nav', { class: 'ml-here', 'aria-label': name }, [el('p', null, words), ...pages(el('ul'), indices, draw, { size: PAGE, first })]);
  }

  // a list that holds one page of many, and buttons to go through them
  function pages(list, indices, draw, { size, first }) {
    const where = el('span', { class: 'ml-muted' });
    const [back, on] = [button('‹', M.t('Earlier in the list')), button('›', M.t('Later in the list'))];
    let from = first || 0;
    function turn(by) {
      from += by;
      const to = Math.min(from + size, indices.length);
      list.replaceChildren(...Array.from(indices.slice(from, to), draw));
      where.textContent = `${M.number(from + 1)}–${M.number(to)} / ${M.number(indices.length)}`;
      back.disabled = from === 0;
      on.disabled = to === indices.length;
    }
    back.addEventListener('click', () => turn(-size));
    on.addEventListener('click', () => turn(size));
    turn(0);
    return indices.length > size ? [el('p', { class: 'ml-pages' }, [back, ' ', where, ' ', on]), list] : [list];
  }

  // a fold with a list of records: at once when it is short and its texts are there, otherwise when it is opened
  M.fillWhenSeen = function (state, fold, indices, draw) {
    const fill = () => fold.append(...pages(el('ul', { class: 'ml-unlocated' }), indices, draw, { size: FOLD_PAGE }));
    if (indices.length <= FOLD_PAGE && !state.store.later.size) fill();
    else fold.addEventListener('toggle', () => state.store.load().then(fill), { once: true });
  };

  function button(text, label) {
    const made = el('button', { type: 'button', 'aria-label': label }, text);
    Object.assign(made.style, { display: 'inline-block', width: 'auto', minWidth: '32px' });
    return made;
  }

  function itemOf(state, i, isCurrent) {
    const record = state.store.record(i);
    const made = el('button', { type: 'button', class: isCurrent ? 'ml-current' : '' }, [
      M.symbol(record, 20),
      ' ',
      el('span', { dir: 'auto' }, `${M.when(record)}: ${M.titleOf(record)}`),
    ]);
    made.addEventListener('click', () => M.selectIndex(state, i));
    return made;
  }

  // the records behind a cluster, in the panel of details; a promise when their texts are still packed
  M.listRecords = function (state, indices) {
    M.deselect(state);
    const token = (state.listing = {});
    const show = () => {
      if (state.listing !== token) return;
      const title = M.t('{n} records here', { n: M.number(indices.length) });
      M.showDetails(state, title, [
        el('h2', { tabindex: -1 }, title),
        listOf(state, indices, { name: title, words: summary(state, indices) }),
      ]);
      state.panels.details.querySelector('h2').focus({ preventScroll: true });
    };
    if (state.store.later.size) return state.store.load().then(show);
    return show();
  };

  function summary(state, indices) {
    const counts = new Map();
    const status = state.store.col('status');
    for (const i of indices) {
      const word = status.at(i) || 'unverified';
      counts.set(word, (counts.get(word) || 0) + 1);
    }
    return Object.keys(M.statusWords)
      .filter((key) => counts.has(key))
      .map((key) => `${M.number(counts.get(key))} ${M.t(M.statusWords[key][0]).toLowerCase()}`)
      .join(', ');
  }
})();
