import type { LongList } from '../../api/skim-json.ts';
import { type MaskKind, mask } from '../records/mask.ts';

/** What is to be masked in an answer, by the names under which it stands there. */
export interface Masks {
  [key: string]: MaskKind | Masks;
}

/** The answer, or a part of it, with what is personal masked, unless it was asked for; secrets always are. */
export function applyMasks(
  value: unknown,
  how: Masks | MaskKind | undefined,
  showPersonal: boolean,
): unknown {
  if (how === undefined) return value;
  if (typeof how === 'string') return showPersonal && how !== 'secret' ? value : mask(how, value);
  if (Array.isArray(value)) return value.map((item) => applyMasks(item, how, showPersonal));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      applyMasks(part, maskOf(how, key), showPersonal),
    ]),
  );
}

/** The same for the items of a list that is not in the answer whole. */
export function maskList(list: LongList, masks: Masks, showPersonal: boolean): LongList {
  const how = masksAt(masks, list.path);
  const items = () => Iterator.from(list).map((item) => applyMasks(item, how, showPersonal));
  return { ...list, [Symbol.iterator]: items };
}

const masksAt = (masks: Masks, path: LongList['path']) =>
  path
    .filter((key) => typeof key === 'string')
    .reduce<Masks | MaskKind | undefined>(
      (how, key) => (typeof how === 'object' ? maskOf(how, key) : how),
      masks,
    );

const maskOf = (masks: Masks, key: string) => (Object.hasOwn(masks, key) ? masks[key] : undefined);

/** Whether anything personal would be masked. */
export const hasPersonal = (masks: Masks): boolean =>
  Object.values(masks).some((how) =>
    typeof how === 'string' ? how !== 'secret' : hasPersonal(how),
  );
