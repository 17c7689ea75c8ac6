import type { Channel, Person } from './control-types.ts';

/** The fictional company whose workspace this is, and the app that was installed in it. */
export const team = { id: 'T0ACMEGOODS', name: 'Acme Goods', domain: 'acme-goods' };
export const partnerTeam = { id: 'T0NORTHWIND', name: 'Northwind Partners' };
export const app = { id: 'A0CONNECTOR', user: 'U0CONNECTOR', bot_id: 'B0CONNECTOR' };
export const slackbot = 'USLACKBOT';

/** Who works there, by what matters to an app: members in several time zones, a guest, a stranger, a bot, someone who left. */
export function people(appName: string): Person[] {
  return [
    person('U0DANA', 'dana', 'Dana Whitfield', 'Europe/Vienna', { title: 'Head of Operations' }),
    person('U0LUIS', 'luis', 'Luis Ortega', 'America/Los_Angeles', { title: 'Data Analyst' }),
    person('U0MEI', 'mei', 'Mei Tanaka', 'Asia/Tokyo', { title: 'Support Lead' }),
    person('U0GWEN', 'gwen', 'Gwen Park', 'Europe/London', { is_restricted: true, title: 'Guest' }),
    person('U0STEFAN', 'stefan', 'Stefan Oduya', 'Europe/Berlin', {
      is_stranger: true,
      team_id: partnerTeam.id,
      title: partnerTeam.name,
    }),
    person('U0WALT', 'walt', 'Walt Finch', 'America/New_York', { deleted: true }),
    person('U0DEPLOYBOT', 'deploybot', 'Deploy Bot', 'UTC', { is_bot: true }),
    person(app.user, appName, appName, 'UTC', { is_bot: true }),
    person(slackbot, 'slackbot', 'Slackbot', 'UTC', { is_bot: true }),
  ];
}

const everybody = ['U0DANA', 'U0LUIS', 'U0MEI'];

/** The channels, and one DM with the app for each living person. */
export function channels(staff: Person[]): Channel[] {
  return [
    channel('C0GENERAL', 'general', [...everybody, 'U0GWEN', 'U0DEPLOYBOT', app.user], {
      topic: 'Company-wide announcements',
    }),
    channel('C0DATA', 'data', [...everybody, 'U0DEPLOYBOT', app.user], {
      topic: 'Questions and numbers',
    }),
    channel('C0RANDOM', 'random', everybody, { topic: 'Everything else' }),
    channel('G0FINANCE', 'finance', ['U0DANA', 'U0LUIS', app.user], { kind: 'private' }),
    channel('G0LEADERS', 'leadership', ['U0DANA'], { kind: 'private' }),
    channel('C0PARTNERS', 'acme-northwind', ['U0DANA', 'U0LUIS', 'U0STEFAN', app.user], {
      external: true,
      topic: 'Shared with Northwind Partners',
    }),
    ...staff
      .filter((one) => !one.is_bot && !one.deleted)
      .map((one) =>
        channel(one.id.replace('U0', 'D0'), one.name, [one.id, app.user], {
          kind: 'direct',
          external: one.is_stranger,
        }),
      ),
  ];
}

type Traits = Partial<Person> & { title?: string };

function person(
  id: string,
  name: string,
  real_name: string,
  tz: string,
  { title, ...traits }: Traits,
): Person {
  return {
    id,
    team_id: team.id,
    name,
    real_name,
    tz,
    is_bot: false,
    is_restricted: false,
    is_stranger: false,
    deleted: false,
    profile: { display_name: name, real_name, ...(title && { title }) },
    ...traits,
  };
}

const channel = (
  id: string,
  name: string,
  members: string[],
  traits: Partial<Channel>,
): Channel => ({
  id,
  name,
  kind: 'public',
  topic: '',
  members: [...members],
  external: false,
  archived: false,
  ...traits,
});
