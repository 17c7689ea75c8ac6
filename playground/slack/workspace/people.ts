import type { Channel, Person, Usergroup } from '../control-types.ts';

/** The fictional company whose workspace this is, and the one that it shares a channel with. */
export const team = { id: 'T0ACMEGOODS', name: 'Acme Goods', domain: 'acme-goods' };
export const partnerTeam = {
  id: 'T0NORTHWIND',
  name: 'Northwind Partners',
  domain: 'northwind-partners',
};
export const slackbot = 'USLACKBOT';

/** Who works there, by what matters to an app: members in several time zones, a guest, a stranger, a bot, someone who left. */
export function people(): Person[] {
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
    person(slackbot, 'slackbot', 'Slackbot', 'UTC', { is_bot: true }),
  ];
}

const everybody = ['U0DANA', 'U0LUIS', 'U0MEI'];

/** When everything began that was there before the playground started. Seconds since 1970. */
export const beginning = 1_750_000_000;

/** The user groups at the beginning. */
export const usergroups = (): Usergroup[] => [
  {
    id: 'S0ANALYSTS',
    name: 'Analysts',
    handle: 'analysts',
    description: 'Whoever knows the numbers',
    users: ['U0LUIS', 'U0MEI'],
    channels: ['C0DATA'],
    created_by: 'U0DANA',
    updated_by: 'U0DANA',
    date_create: beginning,
    date_update: beginning,
    date_delete: 0,
  },
];

/** The bot user of an app. */
export const botUser = (id: string, name: string): Person =>
  person(id, name, name, 'UTC', { is_bot: true });

/** The channels that an app is in from its beginning. */
export const channelsOfApps = ['C0GENERAL', 'C0DATA', 'G0FINANCE', 'C0PARTNERS'];

/** The channels at the beginning. */
export function channels(): Channel[] {
  return [
    channel('C0GENERAL', 'general', [...everybody, 'U0GWEN', 'U0DEPLOYBOT'], {
      topic: 'Company-wide announcements',
    }),
    channel('C0DATA', 'data', [...everybody, 'U0DEPLOYBOT'], {
      topic: 'Questions and numbers',
    }),
    channel('C0RANDOM', 'random', everybody, { topic: 'Everything else' }),
    channel('G0FINANCE', 'finance', ['U0DANA', 'U0LUIS'], { kind: 'private' }),
    channel('G0LEADERS', 'leadership', ['U0DANA'], { kind: 'private' }),
    channel('C0PARTNERS', 'acme-northwind', ['U0DANA', 'U0LUIS', 'U0STEFAN'], {
      external: true,
      topic: 'Shared with Northwind Partners',
    }),
  ];
}

type Traits = Partial<Person> & { title?: string };

/** Somebody with nothing special about them but their `traits`. Our own people have an address. */
export function person(
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
    profile: {
      display_name: name,
      real_name,
      ...(title && { title }),
      ...(!traits.is_bot && !traits.is_stranger && { email: `${name}@${team.domain}.example` }),
    },
    ...traits,
  };
}

/** A conversation with nothing special about it but its `traits`. */
export const channel = (
  id: string,
  name: string,
  members: string[],
  traits: Partial<Channel>,
): Channel => ({
  id,
  name,
  kind: 'public',
  topic: '',
  purpose: '',
  creator: members[0] ?? '',
  created: beginning,
  members: [...members],
  external: false,
  archived: false,
  ...traits,
});
