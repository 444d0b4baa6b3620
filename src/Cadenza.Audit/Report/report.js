// Sorts, filters and pages the table of all credentials, copies lines, and completes the page before it is printed.
// Texts of the server go into the page by textContent only.
(function () {
  'use strict';

  const NICKNAME = 0, VENUE = 1, TYPE = 2, STATUS = 3, ID = 4, CREATED = 5, CHANGED = 6, DAYS = 7, ACCOUNTS = 8, RULES = 9;
  const MAX_PRINTED = 10000;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId('data').textContent);
  const rows = data.rows;
  const body = byId('table').tBodies[0];
  const headers = Array.from(byId('table').tHead.rows[0].cells);
  const texts = new Array(rows.length);
  const state = { column: VENUE, ascending: true, shown: data.pageSize, order: rows.map((_, i) => i), printing: false, opened: [] };

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  // 12,345, as in the rest of the report.
  function grouped(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  // ---- rows

  function timeCell(time) {
    const cell = element('td');
    if (time) { cell.append(time.slice(0, 10), ' ', element('span', 'clock', time.slice(11))); }
    return cell;
  }

  function statusCell(index) {
    const cell = element('td');
    if (index >= 0) { cell.append(element('span', 'status ' + data.groups[index], data.statuses[index])); }
    return cell;
  }

  function accountsCell(names) {
    if (!data.accountsKnown) {
      const unknown = element('td');
      unknown.append(element('span', 'none', 'not known'));
      return unknown;
    }
    const cell = element('td', '', String(names.length));
    if (names.length) { cell.append(' ', element('span', 'names', names.join(', '))); }
    return cell;
  }

  function rulesCell(rules) {
    const cell = element('td');
    for (const rule of rules) { cell.append(element('span', 'badge ' + data.rules[rule][2], data.rules[rule][1]), ' '); }
    return cell;
  }

  function nameCell(nickname) {
    const cell = element('th');
    cell.scope = 'row';
    cell.append(nickname ? element('bdi', '', nickname) : element('span', 'none', 'no nickname'));
    return cell;
  }

  function makeRow(row) {
    const made = element('tr');
    const id = element('td');
    id.append(element('code', '', row[ID]));
    made.append(
      nameCell(row[NICKNAME]),
      element('td', '', data.venues[row[VENUE]] ?? ''),
      element('td', '', data.types[row[TYPE]] ?? ''),
      statusCell(row[STATUS]),
      id,
      timeCell(row[CREATED]),
      timeCell(row[CHANGED]),
      element('td', 'number', row[DAYS] < 0 ? '' : grouped(row[DAYS])),
      accountsCell(row[ACCOUNTS]),
      rulesCell(row[RULES]));
    return made;
  }

  function append(from, to) {
    const fragment = document.createDocumentFragment();
    for (let i = from; i < to; i++) { fragment.append(makeRow(rows[state.order[i]])); }
    body.append(fragment);
  }

  // ---- what is shown

  function render() {
    body.textContent = '';
    append(0, Math.min(state.shown, state.order.length));
    tell();
  }

  function tell() {
    const shown = Math.min(state.shown, state.order.length);
    const matching = state.order.length === rows.length ? '' : grouped(state.order.length) + ' matching of ';
    byId('count').textContent = state.order.length === 0
      ? 'No credential matches.'
      : 'Showing ' + grouped(shown) + ' of ' + matching + grouped(rows.length) + ' credentials.';
    byId('more').hidden = shown === state.order.length;
  }

  function showMore(count) {
    const from = Math.min(state.shown, state.order.length);
    state.shown = Math.min(from + count, state.order.length);
    append(from, state.shown);
    tell();
    if (byId('more').hidden) { byId('table').parentElement.focus(); }
  }

  // ---- filters

  function textOf(index) {
    if (texts[index] === undefined) {
      const row = rows[index];
      texts[index] = [row[NICKNAME], data.venues[row[VENUE]], data.types[row[TYPE]], data.statuses[row[STATUS]], row[ID], row[ACCOUNTS].join('\n')]
        .join('\n').toLowerCase();
    }
    return texts[index];
  }

  function filter() {
    const text = byId('text').value.trim().toLowerCase();
    const venue = byId('venue').value, status = byId('status').value, finding = byId('finding').value;
    const rule = data.rules.findIndex((known) => known[0] === finding);
    state.order = [];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if ((venue === '' || row[VENUE] === Number(venue))
        && (status === '' || row[STATUS] === Number(status))
        && (finding === '' || (rule < 0 ? row[RULES].length > 0 : row[RULES].includes(rule)))
        && (text === '' || textOf(i).includes(text))) {
        state.order.push(i);
      }
    }
    state.shown = data.pageSize;
    sort();
    render();
  }

  // ---- order: what is empty comes last, whichever way; what is equal stays in the order of the report

  function keyOf(row) {
    switch (state.column) {
      case VENUE: return data.venues[row[VENUE]] ?? '';
      case TYPE: return data.types[row[TYPE]] ?? '';
      case STATUS: return data.statuses[row[STATUS]] ?? '';
      case DAYS: return row[DAYS] < 0 ? '' : row[DAYS];
      case ACCOUNTS: return row[ACCOUNTS].length;
      case RULES: return row[RULES].length === 0 ? '' : row[RULES].join(''); // the gravest first
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
    markOrder();
    sort();
    render();
  }

  function markOrder() {
    headers.forEach((header, i) => {
      if (i === state.column) {
        header.setAttribute('aria-sort', state.ascending ? 'ascending' : 'descending');
      } else {
        header.removeAttribute('aria-sort');
      }
    });
  }

  // ---- copying: where the clipboard is out of reach, the line is selected for the reader to copy

  function select(code) {
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copyBySelection(code) {
    select(code);
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    }
  }

  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      return copyBySelection(code);
    }
  }

  function addCopyButton(line) {
    const code = line.firstElementChild;
    const button = element('button', '', 'Copy');
    button.type = 'button';
    button.addEventListener('click', async () => {
      const copied = await copy(code);
      button.textContent = copied ? 'Copied' : 'Selected';
      byId('copied').textContent = copied ? 'The line was copied.' : 'The line is selected: press Ctrl+C.';
      setTimeout(() => { button.textContent = 'Copy'; byId('copied').textContent = ''; }, 2000);
    });
    line.append(button);
  }

  // ---- printing: the whole table, whatever is filtered, and all that is folded

  function beforePrint() {
    if (state.printing) { return; }
    state.printing = true;
    state.screen = { order: state.order, shown: state.shown };
    state.order = rows.map((_, i) => i);
    sort();
    state.shown = Math.min(rows.length, MAX_PRINTED);
    render();
    const left = rows.length - state.shown;
    const note = byId('print-note');
    note.hidden = left === 0;
    note.textContent = grouped(left) + ' more credentials were left out of the print: it shows the first ' + grouped(state.shown) + ' of ' + grouped(rows.length) + '.';
    state.opened = Array.from(document.querySelectorAll('details:not([open])'));
    state.opened.forEach((folded) => { folded.open = true; });
  }

  function afterPrint() {
    if (!state.printing) { return; }
    state.printing = false;
    state.order = state.screen.order;
    state.shown = state.screen.shown;
    state.opened.forEach((folded) => { folded.open = false; });
    byId('print-note').hidden = true;
    render();
  }

  // ---- setting up

  function addHeaderButtons() {
    headers.forEach((header, i) => {
      const button = element('button', '', header.textContent);
      button.type = 'button';
      button.addEventListener('click', () => sortBy(i));
      header.replaceChildren(button);
    });
    markOrder();
  }

  function addMoreButtons() {
    const next = element('button', '', 'Show ' + grouped(data.pageSize) + ' more');
    const all = element('button', '', 'Show all');
    next.type = all.type = 'button';
    next.addEventListener('click', () => showMore(data.pageSize));
    all.addEventListener('click', () => showMore(rows.length));
    byId('more').append(next, all);
  }

  function addFilters() {
    const form = byId('filters');
    let timer = 0;
    const soon = () => { clearTimeout(timer); timer = setTimeout(filter, 120); };
    form.hidden = false;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', soon);
    form.addEventListener('reset', soon);
    for (const link of document.querySelectorAll('a[data-rule]')) {
      link.addEventListener('click', () => { form.reset(); byId('finding').value = link.dataset.rule; filter(); });
    }
  }

  document.querySelectorAll('.line').forEach(addCopyButton);
  addHeaderButtons();
  addMoreButtons();
  addFilters();
  filter();
  window.addEventListener('beforeprint', beforePrint);
  window.addEventListener('afterprint', afterPrint);
  document.documentElement.dataset.ready = 'true';
}());
