import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { limitArgument } from '../paging-schemas.ts';
import { fieldsArgument, issueKeyArgument } from './arguments.ts';
import { readDetails } from './issues/issue-details.ts';
import { type Included, included, readIncluded } from './issues/issue-includes.ts';
import { toIssueKey } from './issues/issue-key.ts';
import type { Jira } from './jira.ts';

export const getIssue = (jira: Jira) =>
  defineTool({
    name: 'get_issue',
    description:
      'Read one issue: its fields by name and its description as Markdown. Long values are cut; name a field in fields to read it whole.',
    input: z.object({
      issue_key: issueKeyArgument,
      fields: fieldsArgument,
      include: z.array(z.enum(included)).default([]),
      comment_limit: limitArgument(10, 50),
    }),
    output: z.looseObject({ issue: z.unknown() }),
    annotations: readsOnly,
    async run({ issue_key, fields, include, comment_limit }, { signal }) {
      const key = toIssueKey(jira, issue_key);
      const { issue, notes } = await readDetails(jira, key, { fields, include }, signal);
      const wanted: Included = { include, commentLimit: comment_limit };
      const beside = await readIncluded(jira, issue.key, wanted, signal);
      return {
        issue: { ...issue, ...beside },
        ...(notes.length > 0 && { notes }),
      };
    },
  });
