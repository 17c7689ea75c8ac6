import { requireUnchanged } from '../../require-unchanged.ts';
import { toMoment } from '../issues/flatten-value.ts';

/**
 * The precondition of a write, with moments in Jira's form or ours.
 *
 * @throws what `requireUnchanged` throws
 */
export const requireAsRead = (name: string, updated: unknown, expected: string | undefined) =>
  requireUnchanged({
    name,
    updated: toMoment(typeof updated === 'string' ? updated : ''),
    expected: expected && toMoment(expected.trim()),
    argument: 'expected_updated',
  });
