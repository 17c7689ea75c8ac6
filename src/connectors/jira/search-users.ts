import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { limitArgument } from '../paging-schemas.ts';
import { anyList, projectArgument, truncated } from './arguments.ts';
import type { Jira } from './jira.ts';
import { findProject } from './names/find-project.ts';
import { readUsers, showUser } from './names/users.ts';

export const searchUsers = (jira: Jira) =>
  defineTool({
    name: 'search_users',
    description:
      'Find people by a part of their name or e-mail, for account ids in JQL and fields.',
    input: z.object({
      query: z
        .string()
        .trim()
        .refine((text) => text !== '', { error: 'is empty' }),
      assignable_to: projectArgument.optional(),
      limit: limitArgument(20, 100),
    }),
    output: z.looseObject({ users: anyList, truncated }),
    annotations: readsOnly,
    async run({ query, assignable_to, limit }, { signal }) {
      const project =
        assignable_to === undefined ? undefined : await findProject(jira, assignable_to, signal);
      const found = await readUsers(jira, { query, project, limit: limit + 1 }, signal);
      const { items } = fitItems(found.slice(0, limit).map(showUser));
      return {
        users: items,
        count: items.length,
        truncated: items.length < found.length,
        ...(found.length === 0 && { notes: [nobody] }),
      };
    },
  });

const nobody =
  'Nobody matches; Jira looks for beginnings of words, and hides most e-mail addresses.';
