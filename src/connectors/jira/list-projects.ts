import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { anyList, truncated } from './arguments.ts';
import type { Jira } from './jira.ts';
import { type Project, readProjects } from './names/projects.ts';
import { readOffset, toPaging } from './paging.ts';

export const listProjects = (jira: Jira) =>
  defineTool({
    name: 'list_projects',
    description: 'List the projects that can be seen, by key.',
    input: z.object({
      query: z.string().optional().describe('Part of key or name'),
      limit: limitArgument(50, 50),
      cursor: cursorArgument,
    }),
    output: z.looseObject({ projects: anyList, truncated }),
    annotations: readsOnly,
    async run(args, { signal }) {
      const startAt = readOffset('list_projects', args);
      const { query, limit } = args;
      const { projects, total } = await readProjects(jira, { query, startAt, limit }, signal);
      const { items } = fitItems(projects.map(showProject));
      const end = startAt + items.length;
      const hasMore = items.length > 0 && end < total;
      return {
        projects: items,
        ...toPaging('list_projects', args, items.length, hasMore ? end : undefined),
      };
    },
  });

const showProject = ({ key, name, projectTypeKey, archived, lead, issueTypes }: Project) => ({
  key,
  name: outsideText(name, 100),
  ...(projectTypeKey && { type: projectTypeKey }),
  ...(lead && { lead: outsideText(lead.displayName, 80) }),
  ...(archived && { archived }),
  ...(issueTypes.length > 0 && {
    issue_types: issueTypes.slice(0, 20).map(({ name }) => outsideText(name, 60)),
  }),
});
