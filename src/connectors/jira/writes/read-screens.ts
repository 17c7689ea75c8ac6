import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { jiraJs } from '../api/jira-js.ts';
import { JiraRefusal } from '../api/jira-refusal.ts';
import { askOfIssue } from '../issues/issue-key.ts';
import type { Jira } from '../jira.ts';
import { refuseProject } from '../names/find-project.ts';
import { type FieldMeta, fieldMetaList, fieldMetas } from './field-meta.ts';

const pageSize = 100;
const maxPages = 10;

const typePage = z.object({
  issueTypes: z.array(z.object({ id: z.string(), name: z.string() })),
  total: z.number().optional(),
});

const fieldPage = z.object({ fields: fieldMetaList, total: z.number().optional() });

/** A kind of issue, and what can be filled in when one is created. */
export interface CreateScreen {
  type: { id: string; name: string };
  fields: FieldMeta[];
}

/**
 * What can be filled in for an issue of this type in a project.
 *
 * @throws ToolError `INVALID_ARGUMENT` for a type that the project does not have, `NOT_FOUND` for no such project.
 */
export async function readCreateScreen(
  jira: Jira,
  project: string,
  typeName: string,
  signal: AbortSignal,
): Promise<CreateScreen> {
  const types = await readTypes(jira, project, signal);
  const wanted = typeName.trim().toLowerCase();
  const type = types.find(({ id, name }) => name.toLowerCase() === wanted || id === wanted);
  if (!type) return refuseType(project, typeName, types);
  if (!/^\d{1,18}$/.test(type.id)) throw new ToolError('UPSTREAM_ERROR', 'Jira gives a strange id');
  const fields: FieldMeta[] = [];
  for (let round = 0; round < maxPages; round += 1) {
    const page = await jira.ask(fieldPage, signal, (client) =>
      jiraJs.getCreateIssueMetaIssueTypeId(client, {
        projectIdOrKey: project,
        issueTypeId: type.id,
        startAt: round * pageSize,
        maxResults: pageSize,
      }),
    );
    fields.push(...page.fields);
    if (page.fields.length === 0 || fields.length >= (page.total ?? 0)) break;
  }
  return { type, fields };
}

async function readTypes(jira: Jira, project: string, signal: AbortSignal) {
  try {
    const { issueTypes } = await jira.ask(typePage, signal, (client) =>
      jiraJs.getCreateIssueMetaIssueTypes(client, {
        projectIdOrKey: project,
        maxResults: pageSize,
      }),
    );
    return issueTypes;
  } catch (error) {
    if (error instanceof JiraRefusal && (error.status === 404 || error.status === 400))
      return refuseProject(jira, project, signal);
    throw error;
  }
}

function refuseType(project: string, wanted: string, types: readonly { name: string }[]): never {
  const names = types.map(({ name }) => name);
  const close = nearest(wanted, names);
  if (names.length === 0)
    throw new ToolError(
      'MISSING_PERMISSION',
      `the account of this bot may not create issues in ${project}`,
      {
        try: 'telling the person that it needs the permission "Create issues" there',
      },
    );
  throw new ToolError(
    'INVALID_ARGUMENT',
    `${project} has no issue type "${outsideText(wanted, 60)}"`,
    { try: (close.length > 0 ? close : names.slice(0, 15)).join(', ') },
  );
}

const editAnswer = z.object({ fields: fieldMetas });

/** What can be changed of an issue by the account of this bot. */
export const readEditScreen = async (
  jira: Jira,
  issueKey: string,
  signal: AbortSignal,
): Promise<FieldMeta[]> =>
  (
    await askOfIssue(jira, issueKey, editAnswer, signal, (client) =>
      jiraJs.getEditIssueMeta(client, { issueIdOrKey: issueKey }),
    )
  ).fields;
