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

  M.symbol = function (record, size) {
    const look = M.pick(M.data().theme.types, record.event_type) || M.data().theme.types.other;
    const status = M.pick(STATUS, record.status) || STATUS.unverified;
    const kind = M.pick(OUTLINES, record.location_kind) ? record.location_kind : 'unknown';
    const full = status.fill === 'full';
    const parts = [
      M.svg('path', {
        d: OUTLINES[kind],
        fill: full ? look.colour : '#ffffff',
        stroke: '#ffffff',
        'stroke-width': status.weight + 2,
        'stroke-linejoin': 'round',
      }),
    ];
    if (status.fill === 'half') parts.push(M.svg('path', { d: HALVES[kind], fill: look.colour, 'fill-opacity': 0.75 }));
    if (status.fill === 'none') parts.push(M.svg('path', { d: OUTLINES[kind], fill: look.colour, 'fill-opacity': 0.22 }));
    const dash = status.dots ? '1.6 2.4' : kind === 'area' ? AREA_DASH : null;
    parts.push(
      M.svg('path', {
        d: OUTLINES[kind],
        fill: 'none',
        stroke: '#1b1b1b',
        'stroke-width': status.weight,
        'stroke-dasharray': dash,
        'stroke-linejoin': 'round',
      }),
    );
    parts.push(
      M.svg('path', {
        d: look.glyph,
        fill: 'none',
        stroke: full ? look.ink : '#111111',
        'stroke-width': 2,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      }),
    );
    if (status.slash) parts.push(M.svg('path', { d: 'M4.5 19.5L19.5 4.5', fill: 'none', stroke: '#1b1b1b', 'stroke-width': 1.8 }));
    if (record.draft)
      parts.push(
        M.svg('circle', { cx: 21, cy: 3.5, r: 4.2, fill: '#ffe08a', stroke: '#1b1b1b', 'stroke-width': 1 }),
        M.svg('path', { d: 'M19.6 5.1l2.7-2.7', stroke: '#1b1b1b', 'stroke-width': 1.4 }),
      );
    return M.svg(
      'svg',
      {
        viewBox: `-2 -2 ${BOX + 4} ${BOX + 4}`,
        width: size || 28,
        height: size || 28,
        'aria-hidden': 'true',
        focusable: 'false',
        class: 'ml-symbol',
      },
      parts,
    );
  };

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
