import { Refusal } from '../refusal.ts';
import type { Workspace } from './workspace.ts';

const MAX_NAME = 80;

/** A name that a channel may have: lower-case letters of any script, digits, `-` and `_`. @throws Refusal `invalid_name…`, `name_taken`. */
export function checkedName({ channels }: Workspace, name: string): string {
  if (name === '') throw new Refusal('invalid_name_required');
  if ([...name].length > MAX_NAME) throw new Refusal('invalid_name_maxlength');
  if (/^[\p{P}\p{S}]+$/u.test(name)) throw new Refusal('invalid_name_punctuation');
  if (!/^[\p{Ll}\p{Lo}\p{M}\p{N}_-]+$/u.test(name)) throw new Refusal('invalid_name_specials');
  for (const known of channels.values()) if (known.name === name) throw new Refusal('name_taken');
  return name;
}

/** Readable in tests and the same in every run: `#sales` is `C0SALES`. */
export function freshChannelId({ channels }: Workspace, name: string): string {
  const letters = name.replace(/[^a-z0-9]/g, '').slice(0, 20);
  const base = `C0${letters.toUpperCase() || 'CHANNEL'}`;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}${number}`;
    if (!channels.has(id)) return id;
  }
}
