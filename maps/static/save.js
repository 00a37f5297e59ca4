'use strict';
// the rows of the table as files, made in the page and asked of nobody
(function () {
  const M = window.marchlandParts;
  const { el } = M;
  const LISTS = ['adm1_shares', 'zones', 'actors', 'claims', 'sources'];

  const columns = () => M.data().columns;

  // every column of the other exports, null where nothing is known
  function properties(record) {
    return Object.fromEntries(
      columns().map((name) => [name, record[name] ?? (LISTS.includes(name) ? [] : name === 'draft' ? false : null)]),
    );
  }

  const SPOTS = ['near', 'point'];

  // straight from the column, which is quicker than by way of the whole record
  function valueOf(column, row, name) {
    if (!column) return null;
    if (name === 'draft') return column[row] === 1;
    const value = M.valueAt(column, row);
    return Array.isArray(value) && !value.length ? null : value;
  }

  const isSpot = (record) => Boolean(record.at) && (record.location_kind === 'point' || record.location_kind === 'near');

  function geometryOf(state, row, record) {
    if (!record.at) return null;
    // a disc is told as its centre and radius_m; an area or a line is itself
    if (isSpot(record) || record.shape === undefined) return { type: 'Point', coordinates: record.at };
    return M.geometryOf(state, row);
  }

  // a spreadsheet runs a cell that begins like a formula; an apostrophe makes it text
  function cell(value) {
    const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    const safe = typeof value === 'string' && /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  const CHUNK = 5000;

  // the parts of a file; between them the page may draw and say how far it is
  async function partsOf(rows, head, line, tail, told) {
    const parts = [head];
    for (let from = 0; from < rows.length; from += CHUNK) {
      if (from) {
        told.textContent = M.t('{n} of {total}', { n: M.number(from), total: M.number(rows.length) });
        await new Promise((done) => setTimeout(done));
      }
      parts.push(Array.from(rows.slice(from, from + CHUNK), (row, i) => line(row, from + i)).join(''));
    }
    parts.push(tail);
    return parts;
  }

  function csvParts(state, rows, told) {
    const names = columns();
    const { store } = state;
    const held = names.map((name) => store.col(name) || null);
    const kinds = store.col('location_kind');
    const [lon, lat] = [store.col('lon'), store.col('lat')];
    const line = (row) => {
      const values = held.map((column, i) => valueOf(column, row, names[i]));
      const isSpot = store.located[row] && SPOTS.includes(kinds.at(row));
      values.push(isSpot ? lon[row] : null, isSpot ? lat[row] : null);
      return `${values.map(cell).join(',')}\r\n`;
    };
    // the mark tells spreadsheets that this is UTF-8
    return partsOf(rows, `\ufeff${[...names, 'lon', 'lat'].join(',')}\r\n`, line, '', told);
  }

  function geojsonParts(state, rows, told) {
    const { facts } = M.data().page || { facts: {} };
    const line = (row, i) => {
      const record = M.rows(state).record(row);
      const feature = { type: 'Feature', id: record.id, geometry: geometryOf(state, row, record), properties: properties(record) };
      return `${i ? ',\n' : '\n'}${JSON.stringify(feature)}`;
    };
    const head = `{"type":"FeatureCollection","marchland":${JSON.stringify({ ...facts, rows: rows.length })},"features":[`;
    return partsOf(rows, head, line, '\n]}\n', told);
  }

  const inFrame = () => window.self !== window.top;

  function save(parts, type, name, told) {
    const address = URL.createObjectURL(new Blob(parts, { type }));
    const link = el('a', { href: address });
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    // a page is not told when its frame forbids downloads
    told.textContent = inFrame()
      ? M.t('If no file appears, the frame around this page forbids downloads; open the page by itself.')
      : M.t('Saved as {name}', { name });
  }

  M.exportButtons = function (state, listed) {
    const told = el('span', { class: 'ml-muted', role: 'status' });
    const button = (label, partsFor, type, name) => {
      const made = el('button', { type: 'button', 'aria-label': M.t('Save the rows shown as {format}', { format: label }) }, label);
      made.addEventListener('click', async () => {
        made.disabled = true;
        // claims and sources of a large map are unpacked only now
        await M.rows(state).load();
        save(await partsFor(state, listed(), told), type, name, told);
        made.disabled = false;
      });
      return made;
    };
    return el('div', { class: 'ml-save' }, [
      button('CSV', csvParts, 'text/csv;charset=utf-8', 'incidents.csv'),
      button('GeoJSON', geojsonParts, 'application/geo+json', 'incidents.geojson'),
      told,
    ]);
  };
})();
