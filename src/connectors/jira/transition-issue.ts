import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import { outsideText } from '../../outside-text.ts';
import { overwrites } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { ToolError } from '../tool-error.ts';
import { markdownToAdf } from './adf/markdown-to-adf.ts';
import { jiraJs } from './api/jira-js.ts';
import {
  expectedUpdatedArgument,
  flagArgument,
  issueKeyArgument,
  markdownArgument,
  valuesArgument,
} from './arguments.ts';
import { askOfIssue, projectOf, toIssueKey } from './issues/issue-key.ts';
import { rawIssue } from './issues/short-issue.ts';
import { readTransitions, requiredFields, type Transition } from './issues/transitions.ts';
import type { Jira } from './jira.ts';
import { requireAllowed } from './names/find-project.ts';
import { addCommentOfMove, sendComment } from './writes/add-comment-of-move.ts';
import { findMeta } from './writes/find-meta.ts';
import { requireAsRead } from './writes/require-as-read.ts';
import { sendWrite } from './writes/send-write.ts';
import { describeField, toFieldValue } from './writes/to-field-value.ts';

const current = rawIssue.extend({
  fields: z.looseObject({ status: z.object({ name: z.string() }), updated: z.unknown() }),
});

export const transitionIssue = (jira: Jira) =>
  defineTool({
    name: 'transition_issue',
    description: 'Move an issue to another status, by the name of the status or of the transition.',
    input: z.object({
      issue_key: issueKeyArgument,
      to: z.string(),
      fields: valuesArgument,
      comment: markdownArgument.optional(),
      expected_updated: expectedUpdatedArgument,
      dry_run: flagArgument,
    }),
    output: z.looseObject({ key: z.string(), from: z.string(), to: z.string() }),
    annotations: overwrites,
    async run(args, { signal }) {
      const body = args.comment === undefined ? undefined : markdownToAdf(args.comment);
      const { id, key, fields } = await readCurrent(jira, args.issue_key, signal);
      requireAsRead(key, fields.updated, args.expected_updated);
      const transition = choose(
        await readTransitions(jira, key, signal),
        args.to,
        key,
        fields.status.name,
      );
      const values = await toValues(jira, key, transition, args.fields ?? {}, signal);
      const send = (client: Parameters<typeof jiraJs.doTransition>[0]) =>
        jiraJs.doTransition(client, {
          issueIdOrKey: key,
          transition: { id: transition.id },
          ...(Object.keys(values).length > 0 && { fields: values }),
          ...(body && transition.hasScreen && { update: { comment: [{ add: { body } }] } }),
        });
      const way = { key, from: fields.status.name, to: transition.to.name };
      if (args.dry_run) {
        const then = body && !transition.hasScreen && (await jira.preview(sendComment(key, body)));
        return { ...way, request: await jira.preview(send), ...(then && { then }) };
      }
      const write = { key, permission: 'TRANSITION_ISSUES', fields: transition.fields } as const;
      await sendWrite(jira, write, z.unknown(), signal, send);
      jira.recent.add(id);
      const comment = { key, status: transition.to.name, wasSent: transition.hasScreen };
      if (body) await addCommentOfMove(jira, { ...comment, body }, signal);
      return way;
    },
  });

async function readCurrent(jira: Jira, issueKey: string, signal: AbortSignal) {
  const key = toIssueKey(jira, issueKey);
  const issue = await askOfIssue(jira, key, current, signal, (client) =>
    jiraJs.getIssue(client, { issueIdOrKey: key, fields: ['status', 'updated'] }),
  );
  requireAllowed(jira, projectOf(issue.key));
  return issue;
}

/** By id, by its own name, then by the name of the status it leads to. */
function choose(
  transitions: readonly Transition[],
  to: string,
  key: string,
  status: string,
): Transition {
  const wanted = to.trim().toLowerCase();
  const tests: ((transition: Transition) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ name }) => name.toLowerCase() === wanted,
    ({ to }) => to.name.toLowerCase() === wanted,
  ];
  const found = tests.map((test) => transitions.filter(test)).find(({ length }) => length > 0);
  const [one, ...others] = found ?? [];
  if (one && others.length === 0) return one;
  const isThere = status.toLowerCase() === wanted;
  const close = new Set(
    nearest(
      to,
      transitions.flatMap(({ name, to }) => [name, to.name]),
    ),
  );
  const near = transitions.filter(({ name, to }) => close.has(name) || close.has(to.name));
  const shown = one
    ? [one, ...others]
    : [...near, ...transitions.filter((each) => !near.includes(each))];
  throw new ToolError(
    'INVALID_ARGUMENT',
    one
      ? `several transitions of ${key} are meant by "${outsideText(to, 60)}"`
      : `"${outsideText(to, 60)}" is not a transition of ${key} (now "${outsideText(status, 60)}")`,
    {
      why: isThere ? 'it already has this status' : undefined,
      try:
        shown.length > 0
          ? `one of ${shown.slice(0, 10).map(describe).join(', ')}`
          : 'telling the person that the account of this bot may not move this issue',
    },
  );
}

/** `"Block" (→ Blocked, id 41, needs "Reason")` */
function describe(transition: Transition): string {
  const needs = requiredFields(transition).map((name) => `"${name}"`);
  const what = [`→ ${outsideText(transition.to.name, 60)}`, `id ${transition.id}`];
  if (needs.length > 0) what.push(`needs ${needs.join(', ')}`);
  return `"${outsideText(transition.name, 60)}" (${what.join(', ')})`;
}

async function toValues(
  jira: Jira,
  key: string,
  { name, fields: screen }: Transition,
  given: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    const meta = findMeta(screen, field, `in the transition "${name}"`);
    values[meta.id] = await toFieldValue(meta, value, { jira, project: projectOf(key), signal });
  }
  const missing = screen.filter(
    ({ id, required, hasDefault }) => required && !hasDefault && values[id] === undefined,
  );
  if (missing.length === 0) return values;
  throw new ToolError(
    'INVALID_ARGUMENT',
    `the transition "${outsideText(name, 60)}" needs ${missing.map(({ name }) => `"${name}"`).join(', ')}`,
    { try: `in fields: ${missing.slice(0, 8).map(describeField).join('; ')}` },
  );
}
