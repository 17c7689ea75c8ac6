import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import { JiraRefusal, withoutStop } from '../api/jira-refusal.ts';
import { projectOf } from '../issues/issue-key.ts';
import type { Jira } from '../jira.ts';
import type { FieldMeta } from './field-meta.ts';
import { describeField } from './to-field-value.ts';

/** What a write is about, for the sentence when it fails. */
export interface Write {
  /** Of the issue, or of the project for a new one. */
  key: string;
  /** The permission it takes, as Jira's API calls it. */
  permission: 'CREATE_ISSUES' | 'EDIT_ISSUES' | 'ADD_COMMENTS' | 'TRANSITION_ISSUES';
  /** The screen it fills in. */
  fields?: readonly FieldMeta[];
}

/**
 * Sends a write once.
 *
 * @throws ToolError that names fields instead of their ids, the missing permission, and what to look at before trying
 * again where it may have happened all the same.
 */
export async function sendWrite<Schema extends z.ZodType>(
  jira: Jira,
  write: Write,
  schema: Schema,
  signal: AbortSignal,
  send: (client: Client) => Promise<unknown>,
): Promise<z.output<Schema>> {
  try {
    return await jira.ask(schema, signal, send);
  } catch (error) {
    if (error instanceof JiraRefusal) throw await explain(jira, write, error, signal);
    if (error instanceof ToolError && /^(?:UPSTREAM_ERROR|TIMEOUT)$/.test(error.code))
      throw new ToolError(error.code, error.what, {
        why: 'it may have happened all the same',
        try: `looking at ${write.key} before the same again`,
        cause: error,
      });
    throw error;
  }
}

async function explain(
  jira: Jira,
  { key, permission, fields = [] }: Write,
  refusal: JiraRefusal,
  signal: AbortSignal,
): Promise<ToolError> {
  if (refusal.status === 403 || refusal.status === 404)
    return (await explainPermission(jira, key, permission, refusal, signal)) ?? refusal;
  const faults = Object.entries(refusal.fields);
  if (refusal.status !== 400 || faults.length === 0) return refusal;
  const known = faults.map(([id, text]) => ({
    text,
    meta: fields.find((meta) => meta.id === id),
    id,
  }));
  const reasons = known.map(({ id, meta, text }) => `${meta?.name ?? id}: ${withoutStop(text)}`);
  const takes = known.flatMap(({ meta }) => (meta ? [describeField(meta)] : []));
  return new ToolError('INVALID_ARGUMENT', 'Jira refuses this', {
    why: [...refusal.messages.map(withoutStop), ...reasons].join('; '),
    try: takes.length > 0 ? `${takes.join('; ')}` : 'the same with what it names put right',
    cause: refusal,
  });
}

const permissions = z.object({
  permissions: z.record(
    z.string(),
    z.object({ name: z.string().catch(''), havePermission: z.boolean() }),
  ),
});

/** Looks whether it is the permission that is missing. */
async function explainPermission(
  jira: Jira,
  key: string,
  permission: Write['permission'],
  refusal: JiraRefusal,
  signal: AbortSignal,
): Promise<ToolError | undefined> {
  const where = key.includes('-') ? { issueKey: key } : { projectKey: key };
  const mine = await jira
    .ask(permissions, signal, (client) =>
      jiraJs.getMyPermissions(client, { ...where, permissions: permission }),
    )
    .catch(() => undefined);
  const found = mine?.permissions[permission];
  if (!found || found.havePermission) return;
  return new ToolError(
    'MISSING_PERMISSION',
    `the account of this bot lacks the permission "${found.name || permission}" (${permission}) in ${projectOf(key) || key}`,
    { try: 'telling the person that an administrator of the project can give it', cause: refusal },
  );
}
