// Sorts, filters, and pages the table of all credentials, and prepares the page for printing.
// Values from the server are inserted as text only, never as markup.
(function () {
  'use strict';

  // The order of the values of a row. The first ten are also the columns.
  const NICKNAME = 0, VENUE = 1, TYPE = 2, STATUS = 3, ID = 4;
  const CREATED = 5, CHANGED = 6, AGE = 7, ACCOUNTS = 8, RULES = 9, AGE_SOURCE = 10;
  const MAX_PRINTED_ROWS = 10000;
  const byId = (id) => document.getElementById(id);
  if (!byId('data')) {
    document.documentElement.dataset.ready = 'true'; // a summary has no table
    return;
  }

  const data = JSON.parse(byId('data').textContent);
  const rows = data.rows;
  const body = byId('table').tBodies[0];
  const headers = Array.from(byId('table').tHead.rows[0].cells);
  const searchTexts = new Array(rows.length);
  const state = {
    column: VENUE,
    ascending: true,
    shown: data.pageSize,
    order: rows.map((_, i) => i), // the indexes of the matching rows
    beforePrint: null,
  };

  function element(name, className, text) {
    const created = document.createElement(name);
    if (className) { created.className = className; }
    if (text !== undefined) { created.textContent = text; }
    return created;
  }

  // Uses the same group separators as the rest of the report.
  function format(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  function quantity(number, noun) {
    return format(number) + ' ' + noun + (number === 1 ? '' : 's');
  }

  // ---- Rows

  function timeCell(time) {
    const cell = element('td');
    if (time) { cell.append(time.slice(0, 10), ' ', element('span', 'time', time.slice(11))); }
    return cell;
  }

  function statusCell(index) {
    const cell = element('td');
    if (index >= 0) { cell.append(element('span', 'status ' + data.statusClasses[index], data.statuses[index])); }
    return cell;
  }

  function accountsCell(names) {
    const cell = element('td');
    if (!data.accountsAvailable) {
      cell.append(element('span', 'missing', 'unknown'));
    } else {
      cell.append(format(names.length));
      if (names.length) { cell.append(' ', element('span', 'account-names', names.join(', '))); }
    }
    return cell;
  }

  function ageCell(days, source) {
    const cell = element('td', 'number');
    if (days >= 0) { cell.append(format(days), ' ', element('span', 'time', source)); }
    return cell;
  }

  function rulesCell(rules) {
    const cell = element('td');
    for (const index of rules) {
      const rule = data.rules[index];
      cell.append(element('span', 'badge ' + rule.className, rule.title), ' ');
    }
    return cell;
  }

  function nicknameCell(nickname) {
    const cell = element('th');
    cell.scope = 'row';
    cell.append(nickname ? element('bdi', '', nickname) : element('span', 'missing', 'no nickname'));
    return cell;
  }

  function createRow(row) {
    const created = element('tr');
    const id = element('td');
    id.append(element('code', '', row[ID]));
    created.append(
      nicknameCell(row[NICKNAME]),
      element('td', '', data.venues[row[VENUE]] ?? ''),
      element('td', '', data.types[row[TYPE]] ?? ''),
      statusCell(row[STATUS]),
      id,
      timeCell(row[CREATED]),
      timeCell(row[CHANGED]),
      ageCell(row[AGE], row[AGE_SOURCE]),
      accountsCell(row[ACCOUNTS]),
      rulesCell(row[RULES]));
    return created;
  }

  function appendRows(from, to) {
    const fragment = document.createDocumentFragment();
    for (let i = from; i < to; i++) { fragment.append(createRow(rows[state.order[i]])); }
    body.append(fragment);
  }

  // ---- Visible rows

  function render() {
    body.textContent = '';
    appendRows(0, Math.min(state.shown, state.order.length));
    updateCount();
  }

  function countText(shown, matching) {
    if (matching === 0 && rows.length > 0) { return 'No matching credentials.'; }
    const isFiltered = matching < rows.length;
    const noun = isFiltered ? 'matching credential' : 'credential';
    const total = isFiltered ? ' (' + format(rows.length) + ' in total)' : '';
    return 'Showing ' + format(shown) + ' of ' + quantity(matching, noun) + total + '.';
  }

  function updateCount() {
    const matching = state.order.length;
    const shown = Math.min(state.shown, matching);
    byId('row-count').textContent = countText(shown, matching);
    byId('more-rows').hidden = shown === matching;
  }

  function showMore(count) {
    const from = Math.min(state.shown, state.order.length);
    state.shown = Math.min(from + count, state.order.length);
    appendRows(from, state.shown);
    updateCount();
    if (byId('more-rows').hidden) { byId('table').parentElement.focus(); }
  }

  // ---- Filters

  function searchTextOf(index) {
    if (searchTexts[index] === undefined) {
      const row = rows[index];
      searchTexts[index] = [
        row[NICKNAME], data.venues[row[VENUE]], data.types[row[TYPE]], data.statuses[row[STATUS]], row[ID],
        ...row[ACCOUNTS],
      ].join('\n').toLowerCase();
    }
    return searchTexts[index];
  }

  function filter() {
    const text = byId('text').value.trim().toLowerCase();
    const venue = byId('venue').value, status = byId('status').value, finding = byId('finding').value;
    const rule = data.rules.findIndex((known) => known.id === finding);
    state.order = [];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if ((venue === '' || row[VENUE] === Number(venue))
        && (status === '' || row[STATUS] === Number(status))
        && (finding === '' || (rule < 0 ? row[RULES].length > 0 : row[RULES].includes(rule)))
        && (text === '' || searchTextOf(i).includes(text))) {
        state.order.push(i);
      }
    }
    state.shown = data.pageSize;
    sort();
    render();
  }

  // ---- Sorting: empty values come last in both directions; rows with equal values keep the order of the report

  function keyOf(row) {
    switch (state.column) {
      case VENUE: return data.venues[row[VENUE]] ?? '';
      case TYPE: return data.types[row[TYPE]] ?? '';
      case STATUS: return data.statuses[row[STATUS]] ?? '';
      case AGE: return row[AGE] < 0 ? '' : row[AGE];
      case ACCOUNTS: return row[ACCOUNTS].length;
      case RULES: return row[RULES].length === 0 ? '' : row[RULES].join(''); // the highest severity first
      default: return row[state.column];
    }
  }

  function sort() {
    const keys = new Map();
    for (const index of state.order) {
      const key = keyOf(rows[index]);
      keys.set(index, typeof key === 'string' ? key.toUpperCase() : key);
    }
    const sign = state.ascending ? 1 : -1;
    state.order.sort((left, right) => {
      const a = keys.get(left), b = keys.get(right);
      if (a === b) { return left - right; }
      if (a === '' || b === '') { return a === '' ? 1 : -1; }
      return a < b ? -sign : sign;
    });
  }

  function sortBy(column) {
    state.ascending = state.column === column ? !state.ascending : true;
    state.column = column;
    updateSortIndicators();
    sort();
    render();
  }

  function updateSortIndicators() {
    headers.forEach((header, i) => {
      if (i === state.column) {
        header.setAttribute('aria-sort', state.ascending ? 'ascending' : 'descending');
      } else {
        header.removeAttribute('aria-sort');
      }
    });
  }

  // ---- Printing: all rows without filters, and all collapsed findings

  function beforePrint() {
    if (state.beforePrint) { return; }
    const collapsed = Array.from(document.querySelectorAll('details:not([open])'));
    state.beforePrint = { order: state.order, shown: state.shown, collapsed };
    state.order = rows.map((_, i) => i);
    sort();
    state.shown = Math.min(rows.length, MAX_PRINTED_ROWS);
    render();
    collapsed.forEach((details) => { details.open = true; });
    byId('print-note').hidden = state.shown === rows.length;
    byId('print-note').textContent = 'The printed table contains the first ' + format(state.shown)
      + ' of ' + quantity(rows.length, 'credential') + '.';
  }

  function afterPrint() {
    if (!state.beforePrint) { return; }
    state.order = state.beforePrint.order;
    state.shown = state.beforePrint.shown;
    state.beforePrint.collapsed.forEach((details) => { details.open = false; });
    state.beforePrint = null;
    byId('print-note').hidden = true;
    render();
  }

  // ---- Initialization

  function addHeaderButtons() {
    headers.forEach((header, i) => {
      const button = element('button', '', header.textContent);
      button.type = 'button';
      button.addEventListener('click', () => sortBy(i));
      header.replaceChildren(button);
    });
    updateSortIndicators();
  }

  function addMoreButtons() {
    const next = element('button', '', 'Show ' + format(data.pageSize) + ' more');
    const all = element('button', '', 'Show all');
    next.type = all.type = 'button';
    next.addEventListener('click', () => showMore(data.pageSize));
    all.addEventListener('click', () => showMore(rows.length));
    byId('more-rows').append(next, all);
  }

  function addFilters() {
    const form = byId('filters');
    let timer = 0;
    const filterSoon = () => { clearTimeout(timer); timer = setTimeout(filter, 120); };
    form.hidden = false;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', filterSoon);
    form.addEventListener('reset', filterSoon);
    for (const link of document.querySelectorAll('a[data-rule]')) {
      link.addEventListener('click', () => { form.reset(); byId('finding').value = link.dataset.rule; filter(); });
    }
  }

  addHeaderButtons();
  addMoreButtons();
  addFilters();
  filter();
  window.addEventListener('beforeprint', beforePrint);
  window.addEventListener('afterprint', afterPrint);
  document.documentElement.dataset.ready = 'true';
}());
