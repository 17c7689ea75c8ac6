import { InputError, readInput, toHistoryValue } from './field-input.ts';
import type { FieldValue, JiraChangeItem, JiraIssue } from './jira-data.ts';
import type { JiraField } from './jira-fields.ts';
import { type JiraSite, recordChange } from './jira-site.ts';
import { Refusal } from './refusal.ts';

/** What `fields` and `update` of a request make of an issue, by field. Throws a `Refusal` that names every faulty field. */
export function readFields(
  site: JiraSite,
  body: Record<string, unknown>,
  {
    projectId,
    current = {},
    isShown,
  }: {
    projectId: string;
    current?: Record<string, FieldValue>;
    isShown: (field: JiraField) => boolean;
  },
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  const errors: Record<string, string> = {};

  function read(id: string, make: (field: JiraField) => FieldValue): void {
    const field = site.field(id);
    if (!field || !isShown(field)) {
      errors[id] = `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
      return;
    }
    try {
      values[id] = make(field);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors[id] = error.message;
    }
  }

  for (const [id, input] of Object.entries(toRecord(body.fields)))
    read(id, (field) => readInput(site, field, { input, projectId }));
  for (const [id, operations] of Object.entries(toRecord(body.update))) {
    if (id === 'comment') continue;
    if (Object.hasOwn(values, id))
      errors[id] = `Field '${id}' cannot appear in both 'fields' and 'update'`;
    else
      read(id, (field) =>
        toList(operations).reduce<FieldValue>(
          (value, operation) => operate(site, field, { value, operation, projectId }),
          current[id] ?? null,
        ),
      );
  }
  if (Object.keys(errors).length > 0) throw new Refusal(400, [], errors);
  return values;
}

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

export const toRecord = (value: unknown): Record<string, unknown> =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/** One `{set}`, `{add}`, `{remove}` or `{edit}`. */
function operate(
  site: JiraSite,
  field: JiraField,
  { value, operation, projectId }: { value: FieldValue; operation: unknown; projectId: string },
): FieldValue {
  const [[name, input] = []] = Object.entries(toRecord(operation));
  if (name === 'set' || name === 'edit') return readInput(site, field, { input, projectId });
  const isList = ['entities', 'labels'].includes(field.kind);
  if (!isList || (name !== 'add' && name !== 'remove'))
    throw new InputError(`Operation '${name}' is not supported for this field.`);
  const read = readInput(site, field, { input: [input], projectId });
  const [one = ''] = Array.isArray(read) ? read : [];
  const list = Array.isArray(value) ? value : [];
  const without = list.filter((each) => each !== one);
  return name === 'add' ? [...without, one] : without;
}

/** Gives an issue new values and writes down what changed. */
export function setValues(
  site: JiraSite,
  issue: JiraIssue,
  values: Record<string, FieldValue>,
): void {
  site.change(issue, () => {
    const items: JiraChangeItem[] = [];
    for (const [id, value] of Object.entries(values)) {
      const field = site.field(id);
      if (!field || JSON.stringify(issue.values[id] ?? null) === JSON.stringify(value)) continue;
      const before = toHistoryValue(site, field, issue.values[id]);
      const after = toHistoryValue(site, field, value);
      // When something was done stands in the history anyway.
      if (field.kind !== 'moment')
        items.push({
          fieldId: id,
          from: before.raw,
          fromText: before.text,
          to: after.raw,
          toText: after.text,
        });
      issue.values[id] = value;
    }
    recordChange(site, issue, items);
  });
}
