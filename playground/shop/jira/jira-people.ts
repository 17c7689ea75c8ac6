import type { JiraUser } from '../../jira/jira-data.ts';
import { firstNames, lastNames } from '../words.ts';

/** Places in the lists of names; two of them share a last name, one has left. */
const people = [
  { first: 0, last: 11, zone: 'Europe/Berlin' },
  { first: 15, last: 3, zone: 'Europe/Paris' },
  { first: 10, last: 0, zone: 'Europe/London' },
  { first: 13, last: 11, zone: 'Europe/Stockholm' },
  { first: 24, last: 18, zone: 'Europe/Istanbul' },
  { first: 22, last: 10, zone: 'Europe/Warsaw' },
  { first: 11, last: 6, zone: 'Europe/Madrid' },
  { first: 16, last: 14, zone: 'Europe/Dublin', left: true },
] as const;

const toAscii = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();

/** The shop's team; the first one signs in. They do not exist. */
export const jiraPeople: JiraUser[] = people.map((person, at) => {
  const [first, last] = [firstNames[person.first], lastNames[person.last]];
  return {
    id: `712020:6b1f0c${at}e-5a7d-4c3b-9e21-8d4f7a0b1c2${at}`,
    name: `${first} ${last}`,
    email: `${toAscii(first)}.${toAscii(last)}@lindenwares.example`,
    showsEmail: at % 3 === 0,
    active: !('left' in person),
    timeZone: person.zone,
  };
});
