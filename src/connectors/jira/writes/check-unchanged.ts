import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { toMoment } from '../issues/flatten-value.ts';

/**
 * The precondition of a write: the issue is as it was when it was read.
 *
 * @throws ToolError `CONFLICT` when somebody changed it since, `INVALID_ARGUMENT` for what is no moment.
 */
export function checkUnchanged(
  issueKey: string,
  updated: unknown,
  expected: string | undefined,
): void {
  if (expected === undefined) return;
  const wanted = Date.parse(toMoment(expected.trim()));
  if (Number.isNaN(wanted))
    throw new ToolError(
      'INVALID_ARGUMENT',
      `expected_updated "${outsideText(expected, 40)}" is no moment`,
      {
        try: 'updated as get_issue gave it, such as 2026-11-22T08:15:00Z',
      },
    );
  const now = toMoment(typeof updated === 'string' ? updated : '');
  if (Date.parse(now) === wanted) return;
  throw new ToolError('CONFLICT', `${issueKey} was changed since it was read`, {
    why: `it was updated ${now || 'at an unknown time'}`,
    try: 'reading it again, and then the same with the new updated',
  });
}
