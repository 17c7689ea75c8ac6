import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { anyList, issueKeyArgument } from './arguments.ts';
import { reachIssue } from './issues/issue-key.ts';
import { readTransitions, showTransition } from './issues/transitions.ts';
import type { Jira } from './jira.ts';

export const getTransitions = (jira: Jira) =>
  defineTool({
    name: 'get_transitions',
    description: 'List the statuses an issue can go to now, and the fields each way needs.',
    input: z.object({ issue_key: issueKeyArgument }),
    output: z.looseObject({ transitions: anyList }),
    annotations: readsOnly,
    async run({ issue_key }, { signal }) {
      const key = await reachIssue(jira, issue_key, signal);
      const transitions = await readTransitions(jira, key, signal);
      return { transitions: fitItems(transitions.map(showTransition)).items };
    },
  });
