import { compareKeys } from './compare-keys.ts';

/** What a listing shows in one place: a key, or all keys of a "folder" as one. */
export type KeyOrFolder = { key: string } | { folder: string };

/** Which keys, and from where. */
export interface Walk {
  prefix: string;
  /** Empty for no folders. */
  delimiter: string;
  /** Begins past this key or, with `folderDone`, past all that is in this folder. */
  after: string;
  folderDone: boolean;
}

/** Goes through sorted keys as S3 lists them. A folder costs one step, however much is in it. */
export function* walkKeys(
  keys: readonly string[],
  { prefix, delimiter, after, folderDone }: Walk,
): Generator<KeyOrFolder> {
  let at = firstIndex(keys, 0, (key) => compareKeys(key, prefix) >= 0);
  if (after) at = Math.max(at, toStart(keys, after, folderDone));
  for (let key = keys[at]; key?.startsWith(prefix); key = keys[at]) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const folder = key.slice(0, end + delimiter.length);
    yield end < 0 ? { key } : { folder };
    at = end < 0 ? at + 1 : firstIndex(keys, at, (each) => !each.startsWith(folder));
  }
}

function toStart(keys: readonly string[], after: string, folderDone: boolean): number {
  const past = firstIndex(keys, 0, (key) => compareKeys(key, after) > 0);
  return folderDone ? firstIndex(keys, past, (key) => !key.startsWith(after)) : past;
}

/** The first index from `from` whose key passes; all after it have to pass too. */
function firstIndex(
  keys: readonly string[],
  from: number,
  passes: (key: string) => boolean,
): number {
  let [low, high] = [from, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(keys[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}
