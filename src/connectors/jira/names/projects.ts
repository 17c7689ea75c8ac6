import { z } from 'zod';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';

export const projectAnswer = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string().catch(''),
  projectTypeKey: z.string().optional(),
  archived: z.boolean().optional(),
  lead: z.object({ displayName: z.string() }).optional().catch(undefined),
  issueTypes: z.array(z.object({ name: z.string(), subtask: z.boolean().optional() })).catch([]),
});

export type Project = z.output<typeof projectAnswer>;

const page = z.object({ values: z.array(projectAnswer), total: z.number().optional() });

/** What to look for, and which part of what is found. */
export interface ProjectQuery {
  /** In the key or the name. */
  query?: string | undefined;
  startAt?: number;
  /** At most 50. */
  limit: number;
}

/** Projects by key, of those that may be seen. */
export async function readProjects(
  jira: Jira,
  { query, startAt = 0, limit }: ProjectQuery,
  signal: AbortSignal,
): Promise<{ projects: Project[]; total: number }> {
  const keys = jira.allowedProjects;
  const { values, total } = await jira.ask(page, signal, (client) =>
    jiraJs.searchProjects(client, {
      query,
      startAt,
      maxResults: limit,
      orderBy: 'key',
      expand: 'lead,issueTypes',
      ...(keys.length > 0 && { keys: [...keys] }),
    }),
  );
  const projects = values.filter(({ key }) => jira.isAllowed(key));
  return { projects, total: total ?? startAt + values.length };
}

const pageSize = 50;
const maxPages = 20;

export async function readAllProjects(jira: Jira, signal: AbortSignal): Promise<Project[]> {
  const all: Project[] = [];
  for (let round = 0; round < maxPages; round += 1) {
    const query = { startAt: round * pageSize, limit: pageSize };
    const { projects, total } = await readProjects(jira, query, signal);
    all.push(...projects);
    if (projects.length === 0 || (round + 1) * pageSize >= total) break;
  }
  return all;
}
