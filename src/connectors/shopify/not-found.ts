import { outsideText } from '../../outside-text.ts';
import { ToolError } from '../tool-error.ts';

/** That nothing has this name or id, with those that have a similar one, or where to look. */
export const notFound = (
  kind: string,
  wanted: string,
  similar: readonly string[],
  elsewhere: string,
): ToolError =>
  new ToolError('NOT_FOUND', `there is no ${kind} ${JSON.stringify(outsideText(wanted, 80))}`, {
    try: similar.length > 0 ? similar.join(', ') : elsewhere,
  });
