import { z } from 'zod';
import { adds } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { markdownToAdf } from './adf/markdown-to-adf.ts';
import { jiraJs } from './api/jira-js.ts';
import { flagArgument, issueKeyArgument, markdownArgument } from './arguments.ts';
import { reachIssue } from './issues/issue-key.ts';
import type { Jira } from './jira.ts';
import { sendWrite } from './writes/send-write.ts';

const answer = z.object({ id: z.string(), self: z.string().catch('') });

export const addComment = (jira: Jira) =>
  defineTool({
    name: 'add_comment',
    description:
      'Comment on an issue; people are mailed. [~accountid:ID] mentions somebody. internal: not for the customers of a service desk.',
    input: z.object({
      issue_key: issueKeyArgument,
      body: markdownArgument,
      internal: flagArgument,
      dry_run: flagArgument,
    }),
    output: z.looseObject({ id: z.string().optional() }),
    annotations: adds,
    async run({ issue_key, body, internal, dry_run }, { signal }) {
      const text = markdownToAdf(body);
      const key = await reachIssue(jira, issue_key, signal);
      const send = (client: Parameters<typeof jiraJs.addComment>[0]) =>
        jiraJs.addComment(client, {
          issueIdOrKey: key,
          body: text,
          ...(internal && { properties: [{ key: 'sd.public.comment', value: { internal } }] }),
        });
      if (dry_run) return { request: await jira.preview(send) };
      const write = { key, permission: 'ADD_COMMENTS' } as const;
      const { id, self } = await sendWrite(jira, write, answer, signal, send);
      jira.recent.add(/\/issue\/(\d+)\//.exec(self)?.[1] ?? '');
      const url = await jira.linkTo(key, signal);
      return { id, ...(url && { url: `${url}?focusedCommentId=${encodeURIComponent(id)}` }) };
    },
  });
