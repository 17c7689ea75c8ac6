import type { Person } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { team } from '../workspace/people.ts';

/**
 * Sends the app what somebody did and gives its answer. Slack never repeats these.
 *
 * @throws Refusal `operation_timeout`, `dispatch_failed`, `app_not_installed`.
 */
export async function deliverInteraction(
  app: InstalledApp,
  kind: 'command' | 'interactive' | 'suggestion',
  type: string,
  payload: Record<string, unknown>,
): Promise<unknown> {
  if (!app.installed) throw new Refusal('app_not_installed');
  const outcome = await app.deliveries.interactive(kind, type, payload);
  if (outcome.acked) return outcome.body;
  throw outcome.reason.includes('timeout')
    ? new Refusal('operation_timeout', ['the app did not answer in time'])
    : new Refusal('dispatch_failed', ['the app could not be reached, or refused']);
}

/** What every interactive payload says: who, and in which workspace. */
export const interaction = (type: string, person: Person) => ({
  type,
  token: 'playground',
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
  user: { id: person.id, username: person.name, name: person.name, team_id: person.team_id },
});

/** Leave to open a modal: for what this person did, just now. */
export const triggerOf = (
  { triggers }: Parts,
  person: Person,
  app: InstalledApp,
  channel?: string,
) => ({
  trigger_id: triggers.create({ user: person.id, app, ...(channel && { channel }) }),
});

/** Seconds since 1970, with six decimals. */
export const actionTs = () => `${(Date.now() / 1000).toFixed(3)}000`;

/** Somebody who may act. @throws Refusal `user_not_found`, `account_inactive`. */
export function actingPerson({ workspace }: Parts, id: string): Person {
  const person = workspace.person(id);
  if (person.deleted) throw new Refusal('account_inactive');
  return person;
}
