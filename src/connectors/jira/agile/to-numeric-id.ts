import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';

/**
 * A number that may stand in the path of a request or in JQL.
 *
 * @throws ToolError `INVALID_ARGUMENT` that names the tool which lists them.
 */
export function toNumericId(id: number, what: string, listedBy: string): number {
  const text = String(id).trim();
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new ToolError('INVALID_ARGUMENT', `"${outsideText(text, 40)}" is not the id of a ${what}`, {
    try: `a number; ${listedBy} gives them`,
  });
}
