import type { Asked } from './asked.ts';
import { type Item, toFocus } from './focus.ts';
import type { Phrase } from './phrase.ts';

/** A bucket as somebody named it, perhaps by a part of its name, and the folder that was named with it. */
export interface BucketRef {
  name: string;
  prefix: string;
  /** The bucket spoken of before, whose folder it may be. */
  current?: string;
}

/** A file as somebody named it: exactly, by its name or a path, or in words. */
export type FileRef =
  | { by: 'key'; bucket: string; key: string }
  | { by: 'name'; name: string; in?: BucketRef }
  | { by: 'words'; words: string; kind: string; in?: BucketRef };

const address = /\bs3:\/\/([A-Za-z0-9][A-Za-z0-9.-]*)(?:\/(\S*[^\s.,;:?!)]))?\/?/;
const placeWords =
  'it that there total all this the a an jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)? nov(?:ember)? dec(?:ember)? today yesterday last which what our my size time \\d+'
    .split(' ')
    .join('|');
const named = new RegExp(
  `\\b(?:in(?:side|to)?|of|from|within|under|below)\\s+(?:the\\s+|our\\s+)?(?:buckets?\\s+)?(?!(?:${placeWords})\\b)([A-Za-z0-9][\\w.-]*(?:/[^\\s?|]*)?)(?:\\s+(?:buckets?|folders?|directory)\\b)?`,
  'i',
);
const spoken =
  /\b(?:the\s+|our\s+)?(?:buckets?\s+([a-z0-9][\w.-]*[\w])|([a-z0-9][\w.-]*[\w])\s+bucket)\b/i;

/** The bucket that a question names, or that it means by "that bucket". */
export function takeBucket({ focus }: Asked, phrase: Phrase): BucketRef | undefined {
  const [, bucket, prefix = ''] = phrase.take(address) ?? [];
  if (bucket) return { name: bucket, prefix };
  if (phrase.drop(/\b(?:in|of|from|inside)?\s*\b(?:that|this|the same) (?:bucket|folder)\b/i))
    return focus.bucket
      ? { name: focus.bucket, prefix: focus.prefix ?? '' }
      : { name: '', prefix: '' };
  const item = takeNth(focus.list, phrase, /bucket|folder/);
  const place = item && toFocus(item);
  if (place?.bucket) return { name: place.bucket, prefix: place.prefix ?? '' };
  const [, first, second] = phrase.take(spoken) ?? [];
  const name = first ?? second ?? phrase.take(named)?.[1];
  if (!name) return undefined;
  const current = focus.kind === 's3' ? focus.bucket : undefined;
  const [head = '', ...rest] = name.replace(/[.,;:!]+$/, '').split('/');
  return { name: head, prefix: rest.join('/'), ...(current && { current }) };
}

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

/** "The second one" of the list that was shown last. */
export function takeNth(list: Item[], phrase: Phrase, noun: RegExp): Item | undefined {
  const pattern = new RegExp(
    `\\b(?:the\\s+)?(${ordinals.join('|')}|last|\\d{1,2}(?:st|nd|rd|th))\\s+(?:one|${noun.source})\\b(?! \\d)`,
    'i',
  );
  if (list.length === 0) return undefined;
  const [, word = ''] = phrase.take(pattern) ?? [];
  if (!word) return undefined;
  const said = word.toLowerCase();
  if (said === 'last') return list.at(-1);
  const at = ordinals.indexOf(said);
  return list[at < 0 ? Number.parseInt(said, 10) - 1 : at];
}

/** A path or a name with an ending, of which no e-mail address is one. */
const fileName =
  /(?<![\w@./-])((?:[\w%+=-][\w.%+=-]*\/)*[\w%+=-][\w.%+=-]*\.[a-z][a-z0-9]{1,7})(?![\w@/])/i;
const fuzzy =
  /\b(?:the|our|my|last|latest|newest)\s+((?:[\p{L}\p{N}-]+\s+){0,4}?)(file|export|report|log|dump|backup|image|picture|banner|spreadsheet)s?\b(?:\s+(?:of|from|for)\s+(\d{4}-\d\d-\d\d|yesterday|today|[a-z]+(?:\s+\d{4})?)\b)?/iu;

/** The file that a question names, or that it means by "that file". */
export function takeFile(asked: Asked, phrase: Phrase): FileRef | undefined {
  const { focus } = asked;
  const [, bucket, key] = phrase.take(address) ?? [];
  if (bucket && key) return { by: 'key', bucket, key };
  const name = phrase.take(fileName)?.[1];
  if (name) return { by: 'name', name, ...within(asked, phrase) };
  const item = takeNth(focus.list, phrase, /file|object/);
  const { file } = item ? toFocus(item) : {};
  if (file) return { by: 'key', ...file };
  if (focus.file && phrase.drop(/\b(?:that|this|the|same) (?:file|object|export|log)\b|\bits?\b/i))
    return { by: 'key', ...focus.file };
  const [, before = '', kind = '', when = ''] = phrase.take(fuzzy) ?? [];
  const words = [before.trim(), when].filter(Boolean).join(' ');
  return words ? { by: 'words', words, kind, ...within(asked, phrase) } : undefined;
}

function within(asked: Asked, phrase: Phrase): { in?: BucketRef } {
  const place = takeBucket(asked, phrase);
  return place ? { in: place } : {};
}
