/** What people and our own answers call fields that Jira calls otherwise. */
const aliases = new Map([
  ['type', 'issuetype'],
  ['due', 'duedate'],
  ['due date', 'duedate'],
  ['points', 'story points'],
  ['story_points', 'story points'],
  ['component', 'components'],
  ['fix version', 'fixversions'],
  ['links', 'issuelinks'],
]);

interface Named {
  id: string;
  name: string;
  jqlNames?: readonly string[];
}

/** The fields with this id, else this name, else this name in JQL, in any case. An id is one field; a name may be several. */
export function matchFields<Field extends Named>(fields: readonly Field[], text: string): Field[] {
  const wanted = text.trim().toLowerCase();
  const alias = aliases.get(wanted);
  const found = named(fields, wanted);
  return found.length === 0 && alias !== undefined ? named(fields, alias) : found;
}

function named<Field extends Named>(fields: readonly Field[], wanted: string): Field[] {
  const tests: ((field: Field) => boolean)[] = [
    ({ id }) => id.toLowerCase() === wanted,
    ({ name }) => name.toLowerCase() === wanted,
    ({ jqlNames }) => jqlNames?.some((name) => name.toLowerCase() === wanted) ?? false,
  ];
  return tests.map((test) => fields.filter(test)).find((found) => found.length > 0) ?? [];
}
