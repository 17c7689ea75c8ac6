/** What Slack calls a kind of file. */
export interface FileType {
  filetype: string;
  mimetype: string;
  pretty_type: string;
}

/** By the ending of its name. */
export function fileTypeOf(name: string): FileType {
  const ending = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const filetype = aliases[ending] ?? ending;
  const known = Object.hasOwn(types, filetype) ? types[filetype] : undefined;
  if (known) return { filetype, mimetype: known[0], pretty_type: known[1] };
  return {
    filetype: filetype || 'binary',
    mimetype: 'application/octet-stream',
    pretty_type: filetype.toUpperCase() || 'Binary',
  };
}

/** Pictures that a browser draws without running anything. SVG is none: it may hold scripts. */
export const isPicture = (mimetype: string) =>
  ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mimetype);

/** A name as it may stand in an address and on a disk: no folders, no control or direction characters, 1–255 characters. */
export function safeName(name: string): string {
  const plain = name
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/^.*[/\\]/, '')
    .trim();
  const ending = /\.\w{1,8}$/.exec(plain)?.[0] ?? '';
  const short = plain.length > MAX_NAME ? plain.slice(0, MAX_NAME - ending.length) + ending : plain;
  return ['', '.', '..'].includes(short) ? 'file' : short.toWellFormed();
}

const MAX_NAME = 255;

const aliases: Record<string, string> = { jpeg: 'jpg', txt: 'text', md: 'markdown', htm: 'html' };

const types: Record<string, [mimetype: string, pretty: string]> = {
  csv: ['text/csv', 'CSV'],
  tsv: ['text/tab-separated-values', 'TSV'],
  text: ['text/plain', 'Plain Text'],
  markdown: ['text/markdown', 'Markdown'],
  json: ['application/json', 'JSON'],
  html: ['text/html', 'HTML'],
  xml: ['application/xml', 'XML'],
  png: ['image/png', 'PNG'],
  jpg: ['image/jpeg', 'JPEG'],
  gif: ['image/gif', 'GIF'],
  webp: ['image/webp', 'WebP'],
  svg: ['image/svg+xml', 'SVG'],
  pdf: ['application/pdf', 'PDF'],
  zip: ['application/zip', 'Zip'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel Spreadsheet'],
};
