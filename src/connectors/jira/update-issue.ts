import { z } from 'zod';
import { overwrites } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { jiraJs } from './api/jira-js.ts';
import {
  expectedUpdatedArgument,
  flagArgument,
  issueKeyArgument,
  valuesArgument,
} from './arguments.ts';
import { askOfIssue, projectOf, toIssueKey } from './issues/issue-key.ts';
import { type RawIssue, rawIssue, showFields } from './issues/short-issue.ts';
import type { Jira } from './jira.ts';
import { requireAllowed } from './names/find-project.ts';
import { type Changes, checkLoss, toChanges } from './writes/issue-changes.ts';
import { readEditScreen } from './writes/read-screens.ts';
import { requireAsRead } from './writes/require-as-read.ts';
import { sendWrite } from './writes/send-write.ts';

export const updateIssue = (jira: Jira) =>
  defineTool({
    name: 'update_issue',
    description:
      'Change fields of an issue by name: set replaces, null empties; add and remove change lists such as labels. Texts are Markdown.',
    input: z.object({
      issue_key: issueKeyArgument,
      set: valuesArgument,
      add: valuesArgument,
      remove: valuesArgument,
      expected_updated: expectedUpdatedArgument,
      notify: z.boolean().default(true),
      allow_lossy_description: flagArgument,
      dry_run: flagArgument,
    }),
    output: z.looseObject({ key: z.string(), before: z.unknown() }),
    annotations: overwrites,
    async run(args, { signal }) {
      const key = toIssueKey(jira, args.issue_key);
      const screen = await readEditScreen(jira, key, signal);
      const place = { jira, project: projectOf(key), signal };
      const changes = await toChanges(screen, args, place);
      const before = await readIssue(jira, key, changes.ids, signal);
      requireAsRead(before.key, before.fields.updated, args.expected_updated);
      if (!args.allow_lossy_description) checkLoss(changes, before);
      const send = (client: Parameters<typeof jiraJs.editIssue>[0]) =>
        jiraJs.editIssue(client, {
          issueIdOrKey: before.key,
          ...(!args.notify && { notifyUsers: false }),
          ...toBody(changes),
        });
      const old = show(jira, before, changes.ids);
      if (args.dry_run) return { key: before.key, before: old, request: await jira.preview(send) };
      const write = { key: before.key, permission: 'EDIT_ISSUES', fields: screen } as const;
      await sendWrite(jira, write, z.unknown(), signal, send);
      jira.recent.add(before.id);
      const after = await readIssue(jira, before.key, changes.ids, signal).catch(() => undefined);
      return {
        key: before.key,
        before: old,
        ...(after ? { after: show(jira, after, changes.ids) } : { notes: [unread] }),
      };
    },
  });

const unread = 'It was changed, and could not be read afterwards: look with get_issue.';

const toBody = ({ fields, update }: Changes) => ({
  ...(Object.keys(fields).length > 0 && { fields }),
  ...(Object.keys(update).length > 0 && { update }),
});

async function readIssue(jira: Jira, key: string, ids: readonly string[], signal: AbortSignal) {
  const issue = await askOfIssue(jira, key, rawIssue, signal, (client) =>
    jiraJs.getIssue(client, { issueIdOrKey: key, fields: ['updated', ...ids] }),
  );
  requireAllowed(jira, projectOf(issue.key));
  return issue;
}

function show(jira: Jira, issue: RawIssue, ids: readonly string[]): Record<string, unknown> {
  const { key: _, ...shown } = showFields(jira, issue, ['updated', ...ids], 400);
  return shown;
}
