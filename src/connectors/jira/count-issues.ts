import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { readsOnly } from './annotations.ts';
import { anything, jqlArgument } from './arguments.ts';
import { countGroups, toGroupField } from './issues/count-groups.ts';
import { estimateCount } from './issues/estimate-count.ts';
import type { Jira } from './jira.ts';

export const countIssues = (jira: Jira) =>
  defineTool({
    name: 'count_issues',
    description:
      'Count the issues that JQL finds, in all or by a field: status, type, priority, assignee, project, labels, any other. Counts of everything are estimates of Jira.',
    input: z.object({
      jql: jqlArgument,
      group_by: z.string().optional(),
    }),
    output: z.object({
      count: z.number(),
      precision: z.enum(['exact', 'estimate']),
      groups: z.array(anything).optional(),
    }),
    annotations: readsOnly,
    async run({ jql, group_by }, { signal, progress }) {
      if (group_by === undefined) {
        const count = await estimateCount(jira, jql, [], signal);
        const isLate = jira.recent.ids().length > 0;
        return { count, precision: 'estimate' as const, ...(isLate && { notes: [lateNote] }) };
      }
      const field = toGroupField(await jira.fields(signal), group_by);
      return countGroups(jira, jql, field, { signal, progress });
    },
  });

const lateNote = 'What was changed a moment ago may not be counted yet.';
