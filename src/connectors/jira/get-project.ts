import { z } from 'zod';
import { outsideLines, outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { jiraJs } from './api/jira-js.ts';
import { JiraRefusal } from './api/jira-refusal.ts';
import { projectArgument } from './arguments.ts';
import type { Jira } from './jira.ts';
import { findProject, refuseProject } from './names/find-project.ts';

const parts = ['issue_types', 'statuses', 'components', 'versions'] as const;

export const getProject = (jira: Jira) =>
  defineTool({
    name: 'get_project',
    description:
      'Read a project with its issue types and statuses; on request components and versions.',
    input: z.object({
      project_key: projectArgument,
      include: z.array(z.enum(parts)).default(['issue_types', 'statuses']),
    }),
    output: z.looseObject({ project: z.unknown() }),
    annotations: readsOnly,
    async run({ project_key, include }, { signal }) {
      const key = await findProject(jira, project_key, signal);
      const project = await readProject(jira, key, signal);
      const statuses = include.includes('statuses') && (await readStatuses(jira, key, signal));
      return {
        project: {
          key: project.key,
          name: outsideText(project.name, 100),
          ...(project.projectTypeKey && { type: project.projectTypeKey }),
          ...(project.lead && { lead: outsideText(project.lead.displayName, 80) }),
          ...(project.description && { description: outsideLines(project.description, 600) }),
          ...(include.includes('issue_types') && { issue_types: toNames(project.issueTypes) }),
          ...(statuses && { statuses }),
          ...(include.includes('components') && { components: toNames(project.components) }),
          ...(include.includes('versions') && {
            versions: project.versions.slice(-40).map(showVersion),
          }),
        },
      };
    },
  });

const named = z.array(z.object({ name: z.string() })).catch([]);

const version = z.object({
  name: z.string(),
  released: z.boolean().optional(),
  releaseDate: z.string().optional(),
});

const answer = z.object({
  key: z.string(),
  name: z.string().catch(''),
  projectTypeKey: z.string().optional(),
  description: z.string().nullish(),
  lead: z.object({ displayName: z.string() }).optional().catch(undefined),
  issueTypes: named,
  components: named,
  versions: z.array(version).catch([]),
});

const toNames = (items: z.output<typeof named>) =>
  items.slice(0, 80).map(({ name }) => outsideText(name, 80));

const showVersion = ({ name, released, releaseDate }: z.output<typeof version>) => ({
  name: outsideText(name, 80),
  released: released ?? false,
  ...(releaseDate && { date: releaseDate }),
});

async function readProject(jira: Jira, key: string, signal: AbortSignal) {
  try {
    return await jira.ask(answer, signal, (client) =>
      jiraJs.getProject(client, { projectIdOrKey: key, expand: 'lead,description,issueTypes' }),
    );
  } catch (error) {
    if (error instanceof JiraRefusal && error.status === 404)
      return refuseProject(jira, key, signal);
    throw error;
  }
}

const statusAnswer = z.array(
  z.object({
    statuses: z.array(
      z.object({
        name: z.string(),
        statusCategory: z.object({ name: z.string() }).optional().catch(undefined),
      }),
    ),
  }),
);

/** By name, each with what it counts as: `{"In Review": "In Progress"}`. */
async function readStatuses(jira: Jira, key: string, signal: AbortSignal) {
  const types = await jira.ask(statusAnswer, signal, (client) =>
    jiraJs.getAllStatuses(client, { projectIdOrKey: key }),
  );
  const statuses = types.flatMap(({ statuses }) => statuses).slice(0, 100);
  return Object.fromEntries(
    statuses.map(({ name, statusCategory }) => [
      outsideText(name, 80),
      outsideText(statusCategory?.name ?? '?', 40),
    ]),
  );
}
