import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import { outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument, pageOutput } from '../paging-schemas.ts';
import { bucketArgument, prefixArgument } from './arguments.ts';
import { type Entry, listPage, toAfter } from './client/list-page.ts';
import type { S3 } from './client/s3.ts';
import { objectItem, toItem } from './object-item.ts';

export const listObjects = (s3: S3) =>
  defineTool({
    name: 'list_objects',
    description:
      'List the folders and objects directly below a prefix, or with recursive all objects below it.',
    input: z.object({
      bucket: bucketArgument,
      prefix: prefixArgument.describe('e.g. exports/2026/'),
      recursive: z.boolean().default(false),
      limit: limitArgument(100, 1000),
      cursor: cursorArgument,
    }),
    output: z.object({
      folders: z.array(z.string()),
      objects: z.array(objectItem),
      ...pageOutput,
    }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const { bucket, prefix, recursive, limit, cursor } = args;
      const after = readCursor('list_objects', args, cursor);
      const open = s3.scope.prefixes(bucket, prefix);
      const [only] = open;
      if (open.length > 1 || only !== prefix) return toOpenFolders(open);
      const delimiter = recursive ? undefined : '/';
      const page = await listPage(s3, { bucket, prefix, delimiter, after, max: limit }, signal);
      const { items, truncated: isCut } = fitItems(page.entries.map(toShown));
      const shown = page.entries.slice(0, items.length);
      const last = shown.at(-1);
      const truncated = isCut || page.next !== undefined;
      const isEmpty = shown.length === 0 && after === undefined;
      const notes = isEmpty ? await toEmptyNotes(s3, bucket, prefix, signal) : [];
      return {
        folders: shown.flatMap(({ name, object }) => (object ? [] : [name])),
        objects: shown.flatMap(({ object }) => (object ? [toItem(object)] : [])),
        count: shown.length,
        truncated,
        ...(truncated && last && { next_cursor: toCursor('list_objects', args, toAfter(last)) }),
        ...(notes.length > 0 && { notes }),
      };
    },
  });

const toShown = ({ name, object }: Entry) => (object ? toItem(object) : name);

/** Above what is open there is nothing to be listed but the way there. */
const toOpenFolders = (open: readonly string[]) => ({
  folders: [...open],
  objects: [],
  count: open.length,
  truncated: false,
  notes: ['Only these prefixes of the bucket are open here: list one of them.'],
});

async function toEmptyNotes(s3: S3, bucket: string, prefix: string, signal: AbortSignal) {
  if (prefix === '') return ['The bucket is empty.'];
  const parent = prefix.replace(/\/$/, '').replace(/[^/]*$/, '');
  const [above] = s3.scope.prefixes(bucket, parent);
  if (above !== parent) return [`No key begins with ${JSON.stringify(prefix)}.`];
  const { entries } = await listPage(s3, { bucket, prefix: parent, delimiter: '/' }, signal);
  const names = entries.map(({ name }) => name);
  const close = nearest(prefix, names);
  const near = (close.length > 0 ? close : names.slice(0, 5)).map((name) =>
    JSON.stringify(outsideText(name, 200)),
  );
  return [
    `No key begins with ${JSON.stringify(prefix)}.${near.length > 0 ? ` There are ${near.join(', ')}` : ''}`,
  ];
}
