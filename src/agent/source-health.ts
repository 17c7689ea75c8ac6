import { z } from 'zod';

/** What a connector's `<name>://health` says: one line for each thing it tried. */
const healthReport = z.object({
  ok: z.boolean(),
  lines: z.array(z.object({ ok: z.boolean(), what: z.string(), fix: z.string().optional() })),
});

/**
 * What is wrong with a source, in one sentence; nothing when all is well.
 *
 * @param text the health resource; a server without one counts as well, since it answers.
 */
export function toProblem(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const report = healthReport.safeParse(toJson(text));
  if (!report.success) return 'Its health report can’t be read.';
  if (report.data.ok) return undefined;
  const bad = report.data.lines.find(({ ok }) => !ok);
  return [bad?.what || 'It does not answer', bad?.fix]
    .filter(Boolean)
    .map(toSentence)
    .join(' ')
    .slice(0, 500);
}

const toSentence = (text = '') => (/[.!?]$/.test(text) ? text : `${text}.`);

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
