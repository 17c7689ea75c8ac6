import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { anyList, fieldsArgument, jqlArgument, truncated } from './arguments.ts';
import { answerIssues } from './issues/answer-issues.ts';
import type { Jira } from './jira.ts';

export const searchIssues = (jira: Jira) =>
  defineTool({
    name: 'search_issues',
    description:
      'Find issues by JQL, e.g. project = OPS AND statusCategory != Done AND created >= -7d ORDER BY created DESC. People: assignee = currentUser(). Text: text ~ "printer". To count, use count_issues.',
    input: z.object({
      jql: jqlArgument,
      fields: fieldsArgument.describe('Names or ids, instead of the usual'),
      limit: limitArgument(25, 1_000),
      cursor: cursorArgument,
    }),
    output: z.looseObject({ issues: anyList, truncated }),
    annotations: readsOnly,
    run: (args, context) =>
      answerIssues(
        jira,
        { tool: 'search_issues', args, jql: args.jql, fields: args.fields },
        context,
      ),
  });
