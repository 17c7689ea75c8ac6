/** At most this many rows are shown. */
const maxRows = 20;

/** A Markdown table; numbers stand to the right. Cells are cut at 60 characters and cannot break the table. */
export function toTable(names: string[], rows: unknown[][]): string {
  const shown = rows.slice(0, maxRows);
  const isNumber = names.map(
    (_, at) => shown.length > 0 && shown.every((row) => /^-?[\d,.]+$/.test(toCell(row[at]))),
  );
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(names.map(toSafe)),
    line(names.map((_, at) => (isNumber[at] ? '---:' : '---'))),
    ...shown.map((row) => line(names.map((_, at) => toSafe(toCell(row[at]))))),
    ...(rows.length > maxRows ? ['', `_The first ${maxRows} of ${rows.length} rows._`] : []),
  ].join('\n');
}

function toCell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const letters = [...text.replace(/\s+/g, ' ')];
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join('');
}

/** Line breaks are gone already. */
const toSafe = (text: string) => text.replaceAll('|', '\\|');

/** `1234567.5` → `1,234,567.50`: whole numbers as they are, others with two digits. Text that is no number stays. */
export function toNumber(value: unknown): string {
  const text = String(value ?? '');
  if (!/^-?\d+(\.\d+)?$/.test(text)) return value === null || value === undefined ? '–' : text;
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction.padEnd(2, '0').slice(0, 2)}`;
}

/** A name in a sentence. */
export const code = (name: string) => `\`${name.replaceAll('`', "'")}\``;
