import type { FileInfo } from '../../../slack/control-types.ts';
import { fileSize } from '../composer/file-size.ts';

/** Where the page gets a file's bytes: always from the playground itself. */
export const fileAddress = ({ id }: FileInfo) => `/control/file?id=${encodeURIComponent(id)}`;

export const fileName = ({ title, name }: FileInfo) => title || name || 'Untitled';

/** `CSV · 4.2 KB` */
export function fileFacts({ filetype = '', size = 0 }: FileInfo): string {
  return [filetype.toUpperCase(), fileSize(size)].filter(Boolean).join(' · ');
}

/** `text` and `table` can be looked into; the rest is told apart by a sign. */
export type FileKind = 'text' | 'table' | 'audio' | 'video' | 'picture' | 'other';

/** What a file is, by its type; by its name where the type says nothing. Slack Connect's files may have neither. */
export function fileKind({ mimetype = '', filetype = '', name = '' }: Partial<FileInfo>): FileKind {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? filetype;
  if (mimetype === 'text/csv' || mimetype === 'text/tab-separated-values') return 'table';
  if (['csv', 'tsv'].includes(ending)) return 'table';
  const [family = ''] = mimetype.split('/');
  if (family === 'audio' || family === 'video') return family;
  if (family === 'image') return 'picture';
  const isText = /^(text\/|application\/(json|xml|sql|x-ndjson|yaml|x-yaml|javascript)$)/;
  return isText.test(mimetype) || textEndings.has(ending) ? 'text' : 'other';
}

const textEndings = new Set('txt log md json sql xml yaml yml js ts py sh ini toml'.split(' '));
