import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { matchFields } from '../names/match-fields.ts';
import type { FieldMeta } from './field-meta.ts';

/**
 * The field of a screen with this id or name, in any case.
 *
 * @throws ToolError `INVALID_ARGUMENT` with near names of the screen, or with the ids where several share the name.
 */
export function findMeta(fields: readonly FieldMeta[], text: string, screen: string): FieldMeta {
  const [one, ...others] = matchFields(fields, text);
  if (one && others.length === 0) return one;
  const shown = outsideText(text, 60);
  if (one)
    throw new ToolError('INVALID_ARGUMENT', `"${shown}" is the name of several fields`, {
      try: `one of the ids: ${[one, ...others].map(({ id }) => id).join(', ')}`,
    });
  const names = fields.map(({ name }) => name);
  const close = nearest(text, names, 5);
  throw new ToolError('INVALID_ARGUMENT', `"${shown}" can't be set ${screen}`, {
    try: (close.length > 0 ? close : names.slice(0, 15)).join(', '),
  });
}
