import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool, RichAnswer } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { requireBoard } from './agile/boards.ts';
import { sumSprint } from './agile/sprint-totals.ts';
import { readSprint, showSprint } from './agile/sprints.ts';
import { toNumericId } from './agile/to-numeric-id.ts';
import { anyList, fieldsArgument, jqlArgument, truncated } from './arguments.ts';
import { answerIssues } from './issues/answer-issues.ts';
import type { Jira } from './jira.ts';

export const getSprintIssues = (jira: Jira) =>
  defineTool({
    name: 'get_sprint_issues',
    description: 'Read a sprint: goal, dates, issues and points done of all, and its issues.',
    input: z.object({
      sprint_id: z.number(),
      jql: jqlArgument.optional().describe('Only those'),
      fields: fieldsArgument,
      limit: limitArgument(50, 200),
      cursor: cursorArgument,
    }),
    output: z.looseObject({ issues: anyList, truncated }),
    annotations: readsOnly,
    async run(args, context) {
      const { signal } = context;
      const id = toNumericId(args.sprint_id, 'sprint', 'list_sprints');
      const sprint = await readSprint(jira, id, signal);
      await requireBoard(jira, sprint.originBoardId, signal);
      const { answer, attachments } = await answerIssues(
        jira,
        {
          tool: 'get_sprint_issues',
          args,
          jql: args.jql ?? 'ORDER BY Rank',
          clauses: [`sprint = ${id}`],
          fields: args.fields,
        },
        context,
      );
      const totals = args.cursor === undefined && (await sumSprint(jira, id, signal));
      return new RichAnswer(
        { sprint: showSprint(sprint), ...(totals && { totals }), ...answer },
        attachments,
      );
    },
  });
