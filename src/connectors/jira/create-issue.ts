import { z } from 'zod';
import { adds } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { ToolError } from '../tool-error.ts';
import { jiraJs } from './api/jira-js.ts';
import {
  flagArgument,
  issueKeyArgument,
  markdownArgument,
  projectArgument,
  valuesArgument,
} from './arguments.ts';
import type { Jira } from './jira.ts';
import { findProject } from './names/find-project.ts';
import type { FieldMeta } from './writes/field-meta.ts';
import { findMeta } from './writes/find-meta.ts';
import { type CreateScreen, readCreateScreen } from './writes/read-screens.ts';
import { sendWrite } from './writes/send-write.ts';
import { describeField, toFieldValue } from './writes/to-field-value.ts';

const created = z.object({ id: z.string(), key: z.string() });

export const createIssue = (jira: Jira) =>
  defineTool({
    name: 'create_issue',
    description:
      'Create an issue. People by name, account id or me; a dry run tells which fields are missing.',
    input: z.object({
      project_key: projectArgument,
      issue_type: z.string(),
      summary: z.string().trim(),
      description: markdownArgument.optional(),
      parent: issueKeyArgument.optional(),
      assignee: z.string().optional(),
      priority: z.string().optional(),
      labels: z.array(z.string()).optional(),
      fields: valuesArgument.describe('Others by name'),
      dry_run: flagArgument,
    }),
    output: z.looseObject({ key: z.string().optional() }),
    annotations: adds,
    async run({ project_key, issue_type, fields: others, dry_run, ...common }, { signal }) {
      const project = await findProject(jira, project_key, signal);
      const screen = await readCreateScreen(jira, project, issue_type, signal);
      const given = await toFields(jira, project, screen, { ...others, ...common }, signal);
      const fields = { project: { key: project }, issuetype: { id: screen.type.id }, ...given };
      const send = (client: Parameters<typeof jiraJs.createIssue>[0]) =>
        jiraJs.createIssue(client, { fields });
      if (dry_run) return { request: await jira.preview(send) };
      const write = { key: project, permission: 'CREATE_ISSUES', fields: screen.fields } as const;
      const { id, key } = await sendWrite(jira, write, created, signal, send);
      jira.recent.add(id);
      const url = await jira.linkTo(key, signal);
      return { key, ...(url && { url }) };
    },
  });

/** Fields by id, their values as Jira takes them. */
async function toFields(
  jira: Jira,
  project: string,
  { type, fields: screen }: CreateScreen,
  given: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const where = `when a ${type.name} is created in ${project}`;
  // These have arguments of their own, and a second project would be one that nobody looked at.
  const settable = screen.filter(({ id }) => id !== 'project' && id !== 'issuetype');
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const meta = findMeta(settable, name, where);
    values[meta.id] = await toFieldValue(meta, value, { jira, project, signal });
  }
  requireFields(screen, values, where);
  return values;
}

/** Jira fills these in itself. */
const own = new Set(['project', 'issuetype', 'reporter']);

function requireFields(
  screen: readonly FieldMeta[],
  values: Record<string, unknown>,
  where: string,
): void {
  const missing = screen.filter(
    ({ id, required, hasDefault }) =>
      required && !hasDefault && !own.has(id) && (values[id] === undefined || values[id] === null),
  );
  if (missing.length === 0) return;
  throw new ToolError(
    'INVALID_ARGUMENT',
    `${missing.map(({ name }) => `"${name}"`).join(', ')} must be filled in ${where}`,
    { try: `in fields: ${missing.slice(0, 8).map(describeField).join('; ')}` },
  );
}
