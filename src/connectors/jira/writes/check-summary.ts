import { ToolError } from '../../tool-error.ts';

/** @throws ToolError `INVALID_ARGUMENT` for a summary that Jira does not take. */
export function checkSummary(summary: string): void {
  if (!summary.trim())
    throw new ToolError('INVALID_ARGUMENT', 'the summary is empty', { try: 'a few words' });
  if (summary.length > 255)
    throw new ToolError(
      'INVALID_ARGUMENT',
      `the summary has ${summary.length} characters, and Jira takes 255`,
      {
        try: 'a short summary, and the rest in the description',
      },
    );
  if (/[\r\n]/.test(summary))
    throw new ToolError('INVALID_ARGUMENT', 'the summary has more than one line', {
      try: 'one line, and the rest in the description',
    });
}
