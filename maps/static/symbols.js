'use strict';
// one way to draw a symbol, for the map and for the legend: form = how exact, fill and outline = how sure, colour and glyph = what
(function () {
  const M = window.marchlandParts;
  const BOX = 24;

  const OUTLINES = {
    // a circle for at or near a place, a square in corners for somewhere in an area, a lozenge for along a line
    point: 'M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z',
    area: 'M2 2h20v20H2z',
    line: 'M5.5 3.5h13L23.5 12l-5 8.5h-13L.5 12z',
  };
  OUTLINES.near = OUTLINES.point;
  OUTLINES.unknown = OUTLINES.area;
  const HALVES = {
    point: 'M12 1.5a10.5 10.5 0 0 0 0 21z',
    near: 'M12 1.5a10.5 10.5 0 0 0 0 21z',
    area: 'M2 2h10v20H2z',
    unknown: 'M2 2h10v20H2z',
    line: 'M5.5 3.5H12v17H5.5L.5 12z',
  };
  // what makes the square say "area": dashes in its outline, corners left standing
  const AREA_DASH = '6 3.4';

  const STATUS = {
    confirmed: { fill: 'full', weight: 3 },
    claimed: { fill: 'full', weight: 1.5 },
    disputed: { fill: 'half', weight: 1.5 },
    denied: { fill: 'none', weight: 1.5, slash: true },
    unverified: { fill: 'none', weight: 1.5, dots: true },
  };

  // what a symbol is made of, lowest first: paths and circles in a box of 24 by 24 with a rim of 2 around it
  function partsOf(record) {
    const look = M.pick(M.data().theme.types, record.event_type) || M.data().theme.types.other;
    const status = M.pick(STATUS, record.status) || STATUS.unverified;
    const kind = M.pick(OUTLINES, record.location_kind) ? record.location_kind : 'unknown';
    const full = status.fill === 'full';
    const outline = { d: OUTLINES[kind], fill: 'none', 'stroke-linejoin': 'round' };
    const parts = [{ ...outline, fill: full ? look.colour : '#ffffff', stroke: '#ffffff', 'stroke-width': status.weight + 2 }];
    if (status.fill === 'half') parts.push({ d: HALVES[kind], fill: look.colour, 'fill-opacity': 0.75 });
    if (status.fill === 'none') parts.push({ d: OUTLINES[kind], fill: look.colour, 'fill-opacity': 0.22 });
    const dash = status.dots ? '1.6 2.4' : kind === 'area' ? AREA_DASH : null;
    parts.push({ ...outline, stroke: '#1b1b1b', 'stroke-width': status.weight, 'stroke-dasharray': dash });
    parts.push({
      d: look.glyph,
      fill: 'none',
      stroke: full ? look.ink : '#111111',
      'stroke-width': 2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    });
    if (status.slash) parts.push({ d: 'M4.5 19.5L19.5 4.5', fill: 'none', stroke: '#1b1b1b', 'stroke-width': 1.8 });
    if (record.draft)
      parts.push(
        { cx: 21, cy: 3.5, r: 4.2, fill: '#ffe08a', stroke: '#1b1b1b', 'stroke-width': 1 },
        { d: 'M19.6 5.1l2.7-2.7', fill: 'none', stroke: '#1b1b1b', 'stroke-width': 1.4 },
      );
    return parts;
  }

  M.symbol = (record, size) =>
    M.svg(
      'svg',
      {
        viewBox: `-2 -2 ${BOX + 4} ${BOX + 4}`,
        width: size || 28,
        height: size || 28,
        'aria-hidden': 'true',
        focusable: 'false',
        class: 'ml-symbol',
      },
      partsOf(record).map((part) => M.svg(part.d ? 'path' : 'circle', part)),
    );

  // the same symbol as a canvas of its own, for the engine to stamp; `size` in pixels of the page
  M.stamp = function (record, size, ratio) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.ceil(size * ratio);
    const ctx = canvas.getContext('2d');
    const scale = canvas.width / (BOX + 4);
    ctx.setTransform(scale, 0, 0, scale, 2 * scale, 2 * scale);
    for (const part of partsOf(record)) paint(ctx, part);
    return canvas;
  };

  function paint(ctx, part) {
    const path = part.d ? new Path2D(part.d) : new Path2D();
    if (!part.d) path.arc(part.cx, part.cy, part.r, 0, 2 * Math.PI);
    if (part.fill !== 'none') {
      ctx.globalAlpha = part['fill-opacity'] ?? 1;
      ctx.fillStyle = part.fill;
      ctx.fill(path);
      ctx.globalAlpha = 1;
    }
    if (!part.stroke) return;
    ctx.strokeStyle = part.stroke;
    ctx.lineWidth = part['stroke-width'];
    ctx.lineCap = part['stroke-linecap'] || 'butt';
    ctx.lineJoin = part['stroke-linejoin'] || 'miter';
    ctx.setLineDash(part['stroke-dasharray'] ? part['stroke-dasharray'].split(' ').map(Number) : []);
    ctx.stroke(path);
  }

  M.swatch = function (stroke, key) {
    const children = stroke.fill
      ? [
          M.svg('path', {
            d: 'M2 2h26v12H2z',
            class: `ml-swatch ml-${key}`,
            fill: 'none',
            'fill-opacity': Math.max(stroke.fill_opacity, 0.25),
            'stroke-width': stroke.weight,
            'stroke-dasharray': stroke.dash,
          }),
        ]
      : [
          M.svg('path', {
            d: 'M1 8h28',
            class: `ml-swatch ml-${key}`,
            fill: 'none',
            'stroke-width': stroke.weight,
            'stroke-dasharray': stroke.dash,
          }),
        ];
    return M.svg('svg', { viewBox: '0 0 30 16', width: 30, height: 16, 'aria-hidden': 'true', focusable: 'false' }, children);
  };
})();
