import { setImmediate } from 'node:timers/promises';
import {
  behind,
  compareKeys,
  type ListOptions,
  listPage,
  type ObjectFacts,
  toAfter,
} from '../client/list-page.ts';
import type { S3 } from '../client/s3.ts';
import { type Glob, literalHead } from './glob.ts';
import { enter, matchesName, matchesPath, type State, startOf } from './match-path.ts';

/** What a walk has seen so far; it fills this in as it goes. */
export interface Walked {
  /** Names that S3 listed: each costs time, and a thousand of them a request. */
  scanned: number;
  /** Up to here everything has been seen. */
  position: string | undefined;
  /** It ended before everything was seen. */
  isCut: boolean;
}

export interface WalkOptions {
  bucket: string;
  globs: readonly Glob[];
  /** Keys begin with one of these: what is open of the bucket, in the order of S3. */
  prefixes: readonly string[];
  /** The position of an earlier walk. */
  after: string | undefined;
  signal: AbortSignal;
  /** Called with each page. */
  onPage(): void;
  /** Asked with each name; the walk ends when it says so. */
  isEnough(): boolean;
}

/**
 * Gives the objects whose keys match one of the patterns, in the order of S3. A folder in which nothing can match is not
 * listed, and a pattern that begins plainly is not searched above that.
 *
 * Whoever stops half-way can go on later from `walked.position`.
 */
export async function* walk(
  s3: S3,
  options: WalkOptions,
  walked: Walked,
): AsyncGenerator<ObjectFacts> {
  const { bucket, globs, after, signal, onPage, isEnough } = options;

  async function* list(request: Omit<ListOptions, 'bucket' | 'after'>) {
    const { prefix } = request;
    if (after !== undefined && compareKeys(after, behind(prefix)) >= 0) return;
    let from = after !== undefined && compareKeys(after, prefix) >= 0 ? after : undefined;
    while (!walked.isCut) {
      const page = await listPage(s3, { bucket, ...request, after: from }, signal);
      onPage();
      for (const entry of page.entries) {
        walked.scanned++;
        yield entry;
        // Long keys and long patterns take time: others, and who cancels, must not wait for the page.
        if (walked.scanned % 100 === 0) await setImmediate();
        signal.throwIfAborted();
        if (walked.isCut) return; // in the folder that this entry is
        walked.position = toAfter(entry);
        walked.isCut = isEnough();
        if (walked.isCut) return;
      }
      if (!page.next) return;
      from = page.next;
    }
  }

  /** Everything below, with one listing after another. */
  async function* flat(prefix: string, at: number, states: readonly State[]) {
    for await (const { object } of list({ prefix }))
      if (object && matchesPath(globs, states, object.key.slice(at))) yield object;
  }

  async function* folder(path: string, states: readonly State[]): AsyncGenerator<ObjectFacts> {
    const { head, isFlat, isFolder } = lookAhead(globs, states);
    const prefix = path + head;
    if (isFolder) return yield* folder(`${prefix}/`, enter(globs, states, head));
    if (isFlat) return yield* flat(prefix, path.length, states);
    for await (const { name, object } of list({ prefix, delimiter: '/' })) {
      const last = name.slice(path.length);
      if (object && matchesName(globs, states, last)) yield object;
      if (object) continue;
      const reached = enter(globs, states, last.slice(0, -1));
      if (reached.length > 0) yield* folder(name, reached);
    }
  }

  for (const prefix of options.prefixes) yield* begin(prefix);

  /** A prefix need not end where a folder does; what it names is entered without being listed. */
  async function* begin(prefix: string) {
    const end = prefix.lastIndexOf('/') + 1;
    const names = prefix.slice(0, end).split('/').slice(0, -1);
    const states = names.reduce((reached, name) => enter(globs, reached, name), startOf(globs));
    if (states.length === 0) return;
    if (end === prefix.length) yield* folder(prefix, states);
    else yield* flat(prefix, end, states);
  }
}

/** What the names in a folder begin with, if they are to match. */
function lookAhead(globs: readonly Glob[], states: readonly State[]) {
  const segments = states.map(([glob, at]) => globs[glob]?.[at] ?? '**');
  const heads = segments.map(literalHead);
  const head = sharedHead(heads.map(({ head }) => head));
  const isPlain = heads.every((each) => each.isWhole && each.head === head);
  const isInside = states.every(([glob, at]) => at + 1 < (globs[glob]?.length ?? 0));
  return { head, isFlat: segments.includes('**'), isFolder: isPlain && isInside };
}

/** What all of the texts begin with. */
function sharedHead(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
