'use strict';
// many incidents on one canvas: outlines and discs in view, a symbol for each that stands alone, clusters for those that would cover
// each other; a cluster tells how many it holds, how they split by status, and whether areas or lines are among them
(function () {
  const M = window.marchlandParts;
  const PANE = 'ml-incidents';
  const SIZE = 28;
  const CELL = 72;
  const PADDING = 0.3;
  // beyond, discs would hide each other and cost more time than a frame has
  const MOST_DISCS = 1000;
  const MOST_RIM_PX = 120000;
  const DISC_FROM_PX = 5;
  const DOT_TO_PX = 4;
  const TILES = 64;
  const STATUSES = ['confirmed', 'claimed', 'disputed', 'denied', 'unverified'];
  const KINDS = ['point', 'near', 'area', 'line', 'unknown'];
  const [AREA, LINE] = [2, 3];

  // `on`: draw what is shown; otherwise nothing
  M.drawMany = function (state, on) {
    if (!on) {
      if (state.engine) state.engine.remove();
      return;
    }
    if (!state.engine) state.engine = newEngine(state);
    if (state.map.hasLayer(state.engine)) state.engine.draw();
    else state.engine.addTo(state.map);
  };
  M.drawAgain = (state) => state.engine && state.map.hasLayer(state.engine) && state.engine.draw();

  // ---- spots in pixels of zoom 0, sorted into tiles over their bounds so that what is out of view is passed over at once

  function sorted(store) {
    const [lon, lat, radius] = [store.col('lon'), store.col('lat'), store.col('radius_m')];
    const status = codesOf(store.col('status'), STATUSES, 4);
    const kinds = codesOf(store.col('location_kind'), KINDS, 4);
    const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
    const [px, py] = [new Float64Array(store.n), new Float64Array(store.n)];
    let n = 0;
    for (let i = 0; i < store.n; i++) {
      if (!store.located[i]) continue;
      n++;
      px[i] = 256 * (lon[i] / 360 + 0.5);
      py[i] = 256 * (0.5 - Math.asinh(Math.tan((lat[i] * Math.PI) / 180)) / (2 * Math.PI));
      box.west = Math.min(box.west, px[i]);
      box.east = Math.max(box.east, px[i]);
      box.north = Math.min(box.north, py[i]);
      box.south = Math.max(box.south, py[i]);
    }
    const [wide, high] = [(box.east - box.west || 1) / TILES, (box.south - box.north || 1) / TILES];
    const tileOf = (i) =>
      Math.min(TILES - 1, Math.floor((py[i] - box.north) / high)) * TILES + Math.min(TILES - 1, Math.floor((px[i] - box.west) / wide));
    const from = new Uint32Array(TILES * TILES + 1);
    for (let i = 0; i < store.n; i++) if (store.located[i]) from[tileOf(i) + 1]++;
    for (let k = 0; k < from.length - 1; k++) from[k + 1] += from[k];
    const next = from.slice();
    const made = {
      n,
      box,
      wide,
      high,
      from,
      x: new Float64Array(n),
      y: new Float64Array(n),
      reach: new Float32Array(n),
      row: new Int32Array(n),
      status: new Uint8Array(n),
      kind: new Uint8Array(n),
    };
    for (let i = 0; i < store.n; i++) {
      if (!store.located[i]) continue;
      const k = next[tileOf(i)]++;
      made.x[k] = px[i];
      made.y[k] = py[i];
      made.row[k] = i;
      made.status[k] = status(i);
      made.kind[k] = kinds(i);
      // radius in pixels of zoom 0; without one only a point may be a dot
      const known = radius && radius[i] > 0 ? radius[i] / (156543.03392804097 * Math.cos((lat[i] * Math.PI) / 180)) : made.kind[k] === 0 ? 0 : Infinity;
      made.reach[k] = store.shape[i] >= 0 ? Infinity : known;
    }
    return made;
  }

  function codesOf(column, words, otherwise) {
    if (!column || !column.words) return () => otherwise;
    const codes = Uint8Array.from(column.words, (word) => (words.includes(word) ? words.indexOf(word) : otherwise));
    return (i) => codes[column.codes[i]];
  }

  // ---- the canvas as a layer: Leaflet moves and scales it with the map

  function newEngine(state) {
    const { map, store } = state;
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 460;
    map.getPane(PANE).style.pointerEvents = 'none';
    const Many = L.Renderer.extend({
      options: { pane: PANE, padding: PADDING },
      _initContainer() {
        this._container = M.el('canvas', { class: 'ml-many', role: 'img' });
        this.ctx = this._container.getContext('2d');
      },
      _destroyContainer() {
        this._container.remove();
        delete this._container;
      },
      _update() {
        if (this._map._animatingZoom && this._bounds) return;
        L.Renderer.prototype._update.call(this);
        const size = this._bounds.getSize();
        this.ratio = Math.min(window.devicePixelRatio || 1, 2);
        L.DomUtil.setPosition(this._container, this._bounds.min);
        if (this._container.width !== Math.round(size.x * this.ratio) || this._container.height !== Math.round(size.y * this.ratio)) {
          this._container.width = Math.round(size.x * this.ratio);
          this._container.height = Math.round(size.y * this.ratio);
          this._container.style.width = `${size.x}px`;
          this._container.style.height = `${size.y}px`;
        }
        this.draw();
      },
      draw() {
        if (!this._bounds) return;
        drawAll(state, this);
        this._container.setAttribute('aria-label', M.manyWords(state));
        this.fire('drawn');
      },
      // drawn anew only when the view has left what was drawn
      follow() {
        if (this._bounds && !map._animatingZoom && !this._bounds.contains(seen(map))) this._update();
      },
    });
    const engine = new Many();
    engine._layers = {};
    engine.points = sorted(store);
    engine.sprites = new Map();
    engine.clusters = [];
    map.on('move', () => engine._map && engine.follow());
    M.pickOn(state, engine);
    engine.colours = new Map();
    const repaint = () => {
      engine.colours.clear();
      M.drawAgain(state);
    };
    for (const media of ['(prefers-color-scheme: dark)', 'print']) window.matchMedia(media).addEventListener('change', repaint);
    return engine;
  }

  function seen(map) {
    const min = map.containerPointToLayerPoint([0, 0]);
    return L.bounds(min, min.add(map.getSize()));
  }

  M.manyWords = (state) =>
    M.t('{n} incidents, drawn as symbols and clusters; the table lists each of them', { n: M.number(state.store.shownCount) });

  // asking for a style makes the browser work out all of them, so it is asked once
  function colourOf(state, engine, name) {
    if (!engine.colours.has(name)) {
      const held = getComputedStyle(state.box).getPropertyValue(`--ml-${name}`).trim();
      engine.colours.set(name, held || '#333333');
    }
    return engine.colours.get(name);
  }

  // ---- one frame

  function drawAll(state, engine) {
    const { ctx, ratio, _bounds: bounds } = engine;
    const size = bounds.getSize();
    const scale = 2 ** engine._zoom;
    const corner = state.map.getPixelOrigin().add(bounds.min);
    const view = { scale, dx: corner.x, dy: corner.y, width: size.x, height: size.y, ratio };
    const colour = (name) => colourOf(state, engine, name);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    const frame = counted(state, engine, view);
    engine.view = view;
    engine.frame = frame;
    drawOutlines(state, engine, view, colour);
    drawDots(engine, view, frame, colour);
    drawDiscs(state, engine, view, frame, colour);
    engine.clusters = merged(frame, view);
    drawClusters(state, engine, view);
    drawSelected(state, engine, view, colour);
  }

  // tiles that the view meets, as ranges of the sorted points
  function ranges(points, view) {
    const { box, wide, high, from } = points;
    const at = (value, low, step) => Math.floor((value - low) / step);
    const [x0, y0] = [view.dx / view.scale, view.dy / view.scale];
    const [x1, y1] = [(view.dx + view.width) / view.scale, (view.dy + view.height) / view.scale];
    const west = Math.max(0, at(x0, box.west, wide));
    const east = Math.min(TILES - 1, at(x1, box.west, wide));
    const found = [];
    for (let row = Math.max(0, at(y0, box.north, high)); row <= Math.min(TILES - 1, at(y1, box.north, high)); row++)
      if (west <= east) found.push([from[row * TILES + west], from[row * TILES + east + 1]]);
    return found;
  }

  // one pass over the points in view: what each cell of the grid holds, dots of those exact enough to be one, discs large enough to see
  function counted(state, engine, view) {
    const { points } = engine;
    const { shown } = state.store;
    const { x, y, reach, row, status, kind } = points;
    const { scale, dx, dy, width, height } = view;
    // cells are counted from the corner of the world, so that they stay when the map is moved
    const [left, top] = [Math.floor(dx / CELL), Math.floor(dy / CELL)];
    const columns = Math.floor((dx + width) / CELL) - left + 1;
    const cells = columns * (Math.floor((dy + height) / CELL) - top + 1);
    const frame = {
      left, top, columns, cells,
      count: new Uint32Array(cells), sumX: new Float64Array(cells), sumY: new Float64Array(cells), one: new Int32Array(cells),
      split: new Uint32Array(cells * 5), areas: new Uint32Array(cells), lines: new Uint32Array(cells), drafts: new Uint32Array(cells),
      maskWidth: (width >> 1) + 1, mask: new Uint8Array(((width >> 1) + 1) * ((height >> 1) + 1)), discs: [], rim: 0, tooMany: false, inView: 0,
    }; // prettier-ignore
    const discSeen = new Set();
    for (const [first, last] of ranges(points, view))
      for (let k = first; k < last; k++) {
        if (!shown[row[k]]) continue;
        const sx = x[k] * scale - dx;
        const sy = y[k] * scale - dy;
        if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
        const cell = (Math.floor((sy + dy) / CELL) - top) * columns + Math.floor((sx + dx) / CELL) - left;
        frame.inView++;
        frame.count[cell]++;
        frame.sumX[cell] += sx;
        frame.sumY[cell] += sy;
        frame.one[cell] = k;
        frame.split[cell * 5 + status[k]]++;
        if (kind[k] === AREA) frame.areas[cell]++;
        else if (kind[k] === LINE) frame.lines[cell]++;
        const px = reach[k] * scale;
        if (px <= DOT_TO_PX) frame.mask[(sy >> 1) * frame.maskWidth + (sx >> 1)] = 1;
        else if (px >= DISC_FROM_PX && px < Infinity && !frame.tooMany) {
          const key = (Math.round(sx * 2) * 65536 + Math.round(sy * 2)) * 4096 + Math.min(4095, Math.round(px));
          if (!discSeen.has(key)) {
            discSeen.add(key);
            frame.discs.push(k);
            frame.rim += 6.3 * px;
            if (frame.discs.length > MOST_DISCS || frame.rim > MOST_RIM_PX) frame.tooMany = true;
          }
        }
      }
    return frame;
  }

  // clusters that would cover each other become one, the larger takes the smaller
  function merged(frame, view) {
    const made = [];
    for (let cell = 0; cell < frame.cells; cell++) {
      const n = frame.count[cell];
      if (!n) continue;
      made.push({
        n, x: frame.sumX[cell] / n, y: frame.sumY[cell] / n, k: frame.one[cell], cells: [cell], areas: frame.areas[cell], lines: frame.lines[cell],
        split: Array.from(frame.split.subarray(cell * 5, cell * 5 + 5)), r: radiusOf(n), column: cell % frame.columns, line: Math.floor(cell / frame.columns),
      }); // prettier-ignore
    }
    made.sort((a, b) => b.n - a.n || a.cells[0] - b.cells[0]);
    const at = new Map();
    const kept = [];
    for (const one of made) {
      let into = null;
      for (let dy = -1; dy <= 1 && !into; dy++)
        for (let dx = -1; dx <= 1 && !into; dx++)
          for (const other of at.get((one.line + dy) * frame.columns + one.column + dx) || [])
            if (Math.hypot(other.x - one.x, other.y - one.y) < other.r + one.r + 2) {
              into = other;
              break;
            }
      if (into) join(into, one);
      else kept.push(one);
      const home = into || one;
      const key = one.line * frame.columns + one.column;
      at.set(key, (at.get(key) || []).concat(home));
    }
    return kept.filter((one) => one.x > -40 && one.y > -40 && one.x < view.width + 40 && one.y < view.height + 40);
  }

  function join(into, one) {
    into.n += one.n;
    into.areas += one.areas;
    into.lines += one.lines;
    one.split.forEach((n, k) => (into.split[k] += n));
    into.cells.push(...one.cells);
    into.r = Math.max(into.r, radiusOf(into.n));
  }

  const radiusOf = (n) => (n === 1 ? SIZE / 2 : Math.min(26, 13 + Math.log10(n) * 3));

  // ---- drawing

  function plain(ctx, view) {
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  function drawDots(engine, view, frame, colour) {
    const { mask, maskWidth } = frame;
    const height = mask.length / maskWidth;
    if (!engine.dots) engine.dots = document.createElement('canvas');
    if (engine.dots.width !== maskWidth || engine.dots.height !== height) [engine.dots.width, engine.dots.height] = [maskWidth, height];
    const dots = engine.dots.getContext('2d');
    const image = dots.createImageData(maskWidth, height);
    const words = new Uint32Array(image.data.buffer);
    const hex = parseInt((/^#([0-9a-f]{6})$/i.exec(colour('shape')) || [0, '333333'])[1], 16);
    const word = ((100 << 24) | ((hex & 255) << 16) | (hex & 0xff00) | (hex >> 16)) >>> 0;
    let any = false;
    for (let i = 0; i < mask.length; i++)
      if (mask[i]) {
        words[i] = word;
        any = true;
      }
    if (!any) return;
    dots.putImageData(image, 0, 0);
    plain(engine.ctx, view);
    engine.ctx.imageSmoothingEnabled = false;
    engine.ctx.drawImage(engine.dots, 0, 0, maskWidth * 2, height * 2);
  }

  function drawDiscs(state, engine, view, frame, colour) {
    if (frame.tooMany || !frame.discs.length) return;
    const { ctx, points } = engine;
    const path = new Path2D();
    for (const k of frame.discs) addDisc(path, points, view, k);
    plain(ctx, view);
    ctx.fillStyle = ctx.strokeStyle = colour('shape');
    ctx.globalAlpha = 0.07;
    ctx.fill(path);
    ctx.globalAlpha = frame.discs.length > 300 ? 0.35 : 0.55;
    ctx.lineWidth = 1.2;
    ctx.setLineDash([4, 3]);
    ctx.stroke(path);
  }

  function addDisc(path, points, view, k) {
    const r = points.reach[k] * view.scale;
    const [x, y] = [points.x[k] * view.scale - view.dx, points.y[k] * view.scale - view.dy];
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  }

  // outlines that came with the page, as paths in pixels of zoom 0 from a corner of their own
  function outlinesOf(state, engine) {
    if (engine.outlines) return engine.outlines;
    engine.outlines = new Map();
    const { store } = state;
    for (let i = 0; i < store.n; i++) {
      if (store.shape[i] < 0) continue;
      const key = M.shapeKey(store, i);
      if (!engine.outlines.has(key)) engine.outlines.set(key, outlineOf(state, i));
      engine.outlines.get(key).rows.push(i);
    }
    return engine.outlines;
  }

  function outlineOf(state, i) {
    const geometry = M.geometryOf(state, i);
    const flat = (held) => (typeof held[0][0] === 'number' ? [held] : held.flatMap(flat));
    const paths = flat(geometry.coordinates).map((path) => path.map(([lon, lat]) => zeroPixels(lon, lat)));
    const all = paths.flat();
    const xs = all.map((at) => at[0]);
    const ys = all.map((at) => at[1]);
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const path = new Path2D();
    for (const points of paths) points.forEach(([x, y], k) => (k ? path.lineTo(x - box[0], y - box[1]) : path.moveTo(x - box[0], y - box[1])));
    return { path, box, isLine: geometry.type.endsWith('LineString'), kind: state.store.record(i).location_kind, rows: [] };
  }

  const zeroPixels = (lon, lat) => [256 * (lon / 360 + 0.5), 256 * (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI))];

  function drawOutlines(state, engine, view, colour) {
    for (const outline of outlinesOf(state, engine).values()) {
      const { box } = outline;
      const out = box[2] * view.scale < view.dx || box[0] * view.scale > view.dx + view.width || box[3] * view.scale < view.dy || box[1] * view.scale > view.dy + view.height;
      if (!out && outline.rows.some((i) => state.store.shown[i])) strokeOutline(engine.ctx, view, outline, colour('shape'), false);
    }
  }

  function strokeOutline(ctx, view, outline, stroke, lifted) {
    const { scale, ratio } = view;
    const look = outline.isLine
      ? { width: lifted ? 5 : 3, dash: [9, 4], alpha: 0.55, fill: 0 }
      : { width: lifted ? 3 : 1, dash: [7, 5], alpha: lifted ? 1 : 0.45, fill: lifted ? 0.1 : 0.03 };
    ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (outline.box[0] * scale - view.dx), ratio * (outline.box[1] * scale - view.dy));
    ctx.fillStyle = ctx.strokeStyle = stroke;
    ctx.lineWidth = look.width / scale;
    ctx.setLineDash(look.dash.map((part) => part / scale));
    ctx.globalAlpha = look.fill;
    if (look.fill) ctx.fill(outline.path, 'evenodd');
    ctx.globalAlpha = look.alpha;
    ctx.stroke(outline.path);
  }

  function spriteOf(state, engine, i, ratio) {
    const { store } = state;
    const type = store.entries[store.entryCodes[i]].key;
    const [status, kind, draft] = [store.col('status').at(i), store.col('location_kind').at(i), store.col('draft')[i]];
    const key = `${type}|${status}|${kind}|${draft}|${ratio}`;
    if (!engine.sprites.has(key)) engine.sprites.set(key, M.stamp({ event_type: type, status, location_kind: kind, draft: Boolean(draft) }, SIZE, ratio));
    return engine.sprites.get(key);
  }

  function drawClusters(state, engine, view) {
    const { ctx, points } = engine;
    plain(ctx, view);
    ctx.imageSmoothingEnabled = true;
    for (let c = engine.clusters.length - 1; c >= 0; c--) {
      const one = engine.clusters[c];
      if (one.n === 1) ctx.drawImage(spriteOf(state, engine, points.row[one.k], view.ratio), one.x - SIZE / 2, one.y - SIZE / 2, SIZE, SIZE);
      else M.drawCluster(ctx, one, view.ratio);
    }
  }

  function drawSelected(state, engine, view, colour) {
    if (!state.selected || !state.store.shown[state.selected.index]) return;
    const { ctx, points } = engine;
    const i = state.selected.index;
    const k = points.row.indexOf(i);
    const outline = outlinesOf(state, engine).get(M.shapeKey(state.store, i));
    const path = new Path2D();
    if (outline) strokeOutline(ctx, view, outline, colour('accent'), true);
    else if (points.reach[k] > 0 && points.reach[k] < Infinity) addDisc(path, points, view, k);
    plain(ctx, view);
    ctx.strokeStyle = ctx.fillStyle = colour('accent');
    ctx.lineWidth = 3;
    ctx.setLineDash([4, 3]);
    ctx.stroke(path);
    ctx.globalAlpha = 0.16;
    ctx.fill(path);
    plain(ctx, view);
    const [x, y] = [points.x[k] * view.scale - view.dx, points.y[k] * view.scale - view.dy];
    ctx.drawImage(spriteOf(state, engine, i, view.ratio), x - SIZE / 2, y - SIZE / 2, SIZE, SIZE);
    ctx.strokeRect(x - SIZE / 2 - 3, y - SIZE / 2 - 3, SIZE + 6, SIZE + 6);
  }

  // indices of the records behind a cluster
  M.clusterRows = function (state, engine, cluster) {
    const { points, view, frame } = engine;
    const wanted = new Set(cluster.cells);
    const found = [];
    for (const [first, last] of ranges(points, view))
      for (let k = first; k < last; k++) {
        if (!state.store.shown[points.row[k]]) continue;
        const sx = points.x[k] * view.scale - view.dx;
        const sy = points.y[k] * view.scale - view.dy;
        if (sx < 0 || sy < 0 || sx >= view.width || sy >= view.height) continue;
        const cell = (Math.floor((sy + view.dy) / CELL) - frame.top) * frame.columns + Math.floor((sx + view.dx) / CELL) - frame.left;
        if (wanted.has(cell)) found.push(points.row[k]);
      }
    return found.sort((a, b) => state.store.first[a] - state.store.first[b] || a - b);
  };
})();
