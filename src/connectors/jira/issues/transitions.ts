import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { jiraJs } from '../api/jira-js.ts';
import type { Jira } from '../jira.ts';
import { fieldMetas } from '../writes/field-meta.ts';
import { askOfIssue } from './issue-key.ts';

const answer = z.object({
  transitions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      hasScreen: z.boolean().catch(false),
      to: z.object({ name: z.string() }).catch({ name: '?' }),
      fields: fieldMetas,
    }),
  ),
});

/** A way from the issue's status to another, with the fields of its screen. */
export type Transition = z.output<typeof answer>['transitions'][number];

/** The ways that are open to the account of this bot right now. */
export const readTransitions = async (
  jira: Jira,
  issueKey: string,
  signal: AbortSignal,
): Promise<Transition[]> => {
  const { transitions } = await askOfIssue(jira, issueKey, answer, signal, (client) =>
    jiraJs.getTransitions(client, { issueIdOrKey: issueKey, expand: 'transitions.fields' }),
  );
  return transitions;
};

/** Fields that have to be filled in for it. */
export const requiredFields = ({ fields }: Transition): string[] =>
  fields
    .filter(({ required, hasDefault }) => required && !hasDefault)
    .map(({ name }) => outsideText(name, 60));

export const showTransition = (transition: Transition) => ({
  id: transition.id,
  name: outsideText(transition.name, 80),
  to_status: outsideText(transition.to.name, 80),
  required_fields: requiredFields(transition),
});
