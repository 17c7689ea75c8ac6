import { type MaskKind, mask } from '../records/mask.ts';

/** What is to be masked in an answer, by the names under which it stands there. */
export interface Masks {
  [key: string]: MaskKind | Masks;
}

/** The answer with what is personal masked, unless it was asked for; secrets always are. */
export function applyMasks(value: unknown, masks: Masks, showPersonal: boolean): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(masks).length === 0) return value;
  if (Array.isArray(value)) return value.map((item) => applyMasks(item, masks, showPersonal));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const how = Object.hasOwn(masks, key) ? masks[key] : undefined;
      if (how === undefined) return [key, part];
      if (typeof how !== 'string') return [key, applyMasks(part, how, showPersonal)];
      return [key, showPersonal && how !== 'secret' ? part : mask(how, part)];
    }),
  );
}

/** Whether anything personal would be masked. */
export const hasPersonal = (masks: Masks): boolean =>
  Object.values(masks).some((how) =>
    typeof how === 'string' ? how !== 'secret' : hasPersonal(how),
  );
