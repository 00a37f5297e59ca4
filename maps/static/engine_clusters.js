'use strict';
// the look of a cluster, and what a click or the pointer over it does
(function () {
  const M = window.marchlandParts;
  const { el } = M;
  const STATUSES = ['confirmed', 'claimed', 'disputed', 'denied', 'unverified'];
  const LEAST_ARC = 0.35;
  const LIST_UP_TO = 60;
  const GAIN = 0.5;
  const STEPS = 24;
  const STAMPED_TO = 6;
  const MOST_STAMPS = 2000;
  const INK = '#1b1b1b';

  // how the rim says the status, by its pattern: solid, grey, dashes, hollow, dots
  const RIM = {
    confirmed: { stroke: INK, width: 6, dash: [] },
    claimed: { stroke: '#8a8a8a', width: 6, dash: [] },
    disputed: { stroke: INK, width: 6, dash: [3, 3] },
    denied: { stroke: INK, width: 1.2, dash: [], hollow: true },
    unverified: { stroke: INK, width: 2.4, dash: [0.1, 4.4], round: true },
  };

  function box(ctx, cluster, grown) {
    const r = cluster.r + grown;
    ctx.beginPath();
    if (cluster.areas) ctx.rect(cluster.x - r, cluster.y - r, 2 * r, 2 * r);
    else {
      ctx.moveTo(cluster.x - r * 1.35, cluster.y);
      for (const [dx, dy] of [[-0.7, -1], [0.7, -1], [1.35, 0], [0.7, 1], [-0.7, 1]]) ctx.lineTo(cluster.x + dx * r, cluster.y + dy * r); // prettier-ignore
      ctx.closePath();
    }
  }

  // a dashed square behind it when areas are inside, a lozenge when lines are
  function paintFrame(ctx, cluster) {
    if (!cluster.areas && !cluster.lines) return;
    box(ctx, cluster, 4);
    ctx.globalAlpha = 0.55;
    ctx.fillStyle = '#ffffff';
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1.3;
    ctx.strokeStyle = INK;
    ctx.setLineDash(cluster.areas ? [6, 3.4] : [9, 4]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  // no status with records is too narrow to see
  function arcs(split, total) {
    const held = split.map((n, k) => ({ status: STATUSES[k], share: n / total })).filter((one) => one.share > 0);
    const narrow = LEAST_ARC / (2 * Math.PI);
    const small = held.filter((one) => one.share < narrow);
    const rest = 1 - small.length * narrow;
    const large = held.reduce((sum, one) => sum + (one.share < narrow ? 0 : one.share), 0);
    let at = -Math.PI / 2;
    return held.map((one) => {
      const turn = (one.share < narrow ? narrow : (one.share / large) * rest) * 2 * Math.PI;
      const arc = { status: one.status, from: at, to: at + turn };
      at += turn;
      return arc;
    });
  }

  M.paintCluster = function (ctx, cluster) {
    const { x, y, r } = cluster;
    paintFrame(ctx, cluster);
    circle(ctx, x, y, r, '#ffffff', INK, 1);
    const pieces = arcs(cluster.split, cluster.n);
    for (const { status, from, to } of pieces) {
      const look = RIM[status];
      ctx.beginPath();
      ctx.arc(x, y, r - 3.5, from, to);
      ctx.strokeStyle = look.stroke;
      ctx.lineWidth = look.width;
      ctx.lineCap = look.round ? 'round' : 'butt';
      ctx.setLineDash(look.dash);
      if (look.hollow) ctx.globalAlpha = 0;
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      ctx.lineCap = 'butt';
      if (pieces.length > 1) tick(ctx, cluster, from);
    }
    circle(ctx, x, y, r - 7, '#ffffff', INK, 0.8);
    number(ctx, cluster);
  };

  // small clusters often look the same and are painted once; for others a canvas of their own costs more than it saves
  const stamps = new Map();
  M.drawCluster = function (ctx, cluster, ratio) {
    if (cluster.n > STAMPED_TO) {
      M.paintCluster(ctx, cluster);
      return;
    }
    const split = cluster.split.map((n) => (n ? Math.max(1, Math.round((n / cluster.n) * STEPS)) : 0));
    const key = [cluster.n, ...split, cluster.areas > 0, cluster.lines > 0, cluster.r.toFixed(1), ratio].join();
    const half = Math.ceil((cluster.r + 4) * 1.35 + 2);
    if (!stamps.has(key)) {
      if (stamps.size > MOST_STAMPS) stamps.clear();
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = Math.ceil(2 * half * ratio);
      const own = canvas.getContext('2d');
      own.setTransform(ratio, 0, 0, ratio, 0, 0);
      M.paintCluster(own, { ...cluster, x: half, y: half });
      stamps.set(key, canvas);
    }
    const canvas = stamps.get(key);
    ctx.drawImage(canvas, cluster.x - half, cluster.y - half, canvas.width / ratio, canvas.height / ratio);
  };

  function circle(ctx, x, y, r, fill, stroke, width) {
    ctx.beginPath();
    ctx.arc(x, y, Math.max(r, 1), 0, 2 * Math.PI);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  function tick(ctx, { x, y, r }, angle) {
    ctx.beginPath();
    ctx.moveTo(x + Math.cos(angle) * (r - 7), y + Math.sin(angle) * (r - 7));
    ctx.lineTo(x + Math.cos(angle) * r, y + Math.sin(angle) * r);
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = '#ffffff';
    ctx.stroke();
  }

  const short = (n) => (n < 1000 ? String(n) : n < 9950 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`);

  function number(ctx, cluster) {
    const text = short(cluster.n);
    ctx.font = `600 ${text.length > 3 ? 10.5 : 11.5}px system-ui, sans-serif`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = '#ffffff';
    ctx.strokeText(text, cluster.x, cluster.y + 0.5);
    ctx.fillStyle = '#111111';
    ctx.fillText(text, cluster.x, cluster.y + 0.5);
  }

  // the part of the legend that reads a cluster; null when there can be none
  M.clusterLegend = function (state) {
    if (state.store.n <= M.FEW) return null;
    const split = (k) => STATUSES.map((_, i) => (i === k ? 2 : 0));
    const rows = [
      ...STATUSES.map((status, k) => [{ split: split(k) }, M.statusWords[status][0]]),
      [{ split: split(1), r: 11, areas: 1 }, 'Areas among them'],
      [{ split: split(1), r: 11, lines: 1 }, 'Lines among them'],
    ];
    return el('fieldset', null, [
      el('legend', null, M.t('Clusters: number, and status round the rim')),
      el(
        'ul',
        { class: 'ml-key' },
        rows.map(([held, words]) => el('li', null, [sample(held), el('span', null, M.t(words))])),
      ),
    ]);
  };

  function sample(held) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const canvas = el('canvas', { width: Math.round(40 * ratio), height: Math.round(32 * ratio), 'aria-hidden': 'true' });
    canvas.style.width = '40px';
    canvas.style.height = '32px';
    const ctx = canvas.getContext('2d');
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    M.paintCluster(ctx, { x: 20, y: 16, r: 13, n: 2, areas: 0, lines: 0, ...held });
    return canvas;
  }

  // ---- pointer

  function clusterAt(state, engine, event) {
    if (!engine._map || !engine.clusters.length || !event.target.closest('.leaflet-map-pane, .ml-map')) return null;
    if (event.target.closest('.ml-corner, .ml-left, .leaflet-control, .ml-marker')) return null;
    const at = state.map.mouseEventToLayerPoint(event).subtract(engine._bounds.min);
    let best = null;
    let least = Infinity;
    for (const one of engine.clusters) {
      const away = Math.hypot(one.x - at.x, one.y - at.y) - one.r;
      if (away < 2 && away < least) [best, least] = [one, away];
    }
    return best;
  }

  M.pickOn = function (state, engine) {
    const { map, box } = state;
    // before Leaflet hears of the click, which would tell what boundaries are drawn there
    box.addEventListener(
      'click',
      (event) => {
        if (map.dragging && map.dragging.moved()) return;
        const cluster = clusterAt(state, engine, event);
        if (!cluster) return;
        event.stopPropagation();
        open(state, engine, cluster);
      },
      true,
    );
    map.on('movestart zoomstart', () => tooltip(state, engine, (engine.hovered = null)));
    box.addEventListener('mousemove', (event) => {
      const cluster = event.buttons ? null : clusterAt(state, engine, event);
      if (cluster === engine.hovered) return;
      engine.hovered = cluster;
      box.style.cursor = cluster ? 'pointer' : '';
      tooltip(state, engine, cluster);
    });
  };

  function tooltip(state, engine, cluster) {
    if (!engine.tip) engine.tip = L.tooltip({ direction: 'top', className: 'ml-tip', interactive: false });
    if (!cluster || cluster.n === 1) {
      engine.tip.remove();
      return;
    }
    const at = state.map.layerPointToLatLng(engine._bounds.min.add([cluster.x, cluster.y - cluster.r]));
    engine.tip.setLatLng(at).setContent(el('span', null, wordsOf(cluster))).addTo(state.map);
  }

  function wordsOf(cluster) {
    const parts = STATUSES.map((status, k) => [cluster.split[k], M.t(M.statusWords[status][0]).toLowerCase()]);
    if (cluster.areas) parts.push([cluster.areas, M.t('somewhere in an area')]);
    if (cluster.lines) parts.push([cluster.lines, M.t('along a line')]);
    return parts
      .filter(([n]) => n)
      .map(([n, word]) => `${M.number(n)} ${word}`)
      .join(' · ');
  }

  // one record opens; a few are listed; many are zoomed to, and listed when that would not part them
  function open(state, engine, cluster) {
    const rows = M.clusterRows(state, engine, cluster);
    if (rows.length === 1) {
      M.selectIndex(state, rows[0]);
      return;
    }
    const [lon, lat] = [state.store.col('lon'), state.store.col('lat')];
    const bounds = L.latLngBounds([]);
    for (const i of rows) bounds.extend(M.latLng([lon[i], lat[i]]));
    const zoom = Math.min(state.map.getBoundsZoom(bounds.pad(0.1)), state.map.getMaxZoom());
    if (rows.length > LIST_UP_TO && zoom - state.map.getZoom() >= GAIN) state.map.setView(bounds.getCenter(), zoom);
    else M.listRecords(state, rows);
  }
})();
