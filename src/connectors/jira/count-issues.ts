import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { jqlArgument } from './arguments.ts';
import { countGroups, estimateCount, toGroupField } from './issues/count-groups.ts';
import type { Jira } from './jira.ts';

export const countIssues = (jira: Jira) =>
  defineTool({
    name: 'count_issues',
    description:
      "Count the issues that JQL finds: in all (Jira's estimate), or by any field, e.g. status, assignee, labels.",
    input: z.object({
      jql: jqlArgument,
      group_by: z.string().optional(),
    }),
    output: z.looseObject({ count: z.number() }),
    annotations: readsOnly,
    async run({ jql, group_by }, { signal, progress }) {
      if (group_by === undefined) {
        const count = await estimateCount(jira, jql, [], signal);
        const isLate = jira.recent.ids().length > 0;
        return { count, precision: 'estimate', ...(isLate && { notes: [lateNote] }) };
      }
      const field = toGroupField(await jira.fields(signal), group_by);
      return countGroups(jira, jql, field, { signal, progress });
    },
  });

const lateNote = 'What was changed a moment ago may not be counted yet.';
