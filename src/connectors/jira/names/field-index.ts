import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';

/** A field of an issue, as Jira describes it. */
export interface Field {
  id: string;
  name: string;
  custom: boolean;
  /** `string`, `array of user`, … */
  type: string;
  /** What kind of custom field: `textarea`, `gh-sprint`, …; empty for others. */
  kind: string;
  /** Names in JQL, as they are written there. */
  jqlNames: string[];
}

const schema = z.object({
  type: z.string().optional(),
  items: z.string().optional(),
  custom: z.string().optional(),
});

/** Jira's answer with all of its fields. */
export const fieldList = z.array(
  z
    .object({
      id: z.string(),
      name: z.string(),
      custom: z.boolean().catch(false),
      clauseNames: z.array(z.string()).catch([]),
      schema: schema.optional().catch(undefined),
    })
    .transform(
      ({ id, name, custom, clauseNames, schema }): Field => ({
        id,
        name: outsideText(name, 80),
        custom,
        type: toType(schema?.type, schema?.items),
        kind: schema?.custom?.split(':').at(-1) ?? '',
        jqlNames: clauseNames,
      }),
    ),
);

const toType = (type = 'any', items?: string) =>
  type === 'array' && items ? `array of ${items}` : type;

/** What people and our own answers call fields that Jira calls otherwise. */
const aliases: Record<string, string> = {
  type: 'issuetype',
  due: 'duedate',
  'due date': 'duedate',
  points: 'story points',
  story_points: 'story points',
  component: 'components',
  'fix version': 'fixVersions',
  links: 'issuelinks',
};

/** Finds fields by what people call them. */
export class FieldIndex {
  readonly all: readonly Field[];

  constructor(fields: readonly Field[]) {
    this.all = fields;
  }

  byId(id: string): Field | undefined {
    return this.all.find((field) => field.id === id);
  }

  /** Where the sprint of an issue stands. */
  get sprint(): Field | undefined {
    return this.all.find(({ kind }) => kind === 'gh-sprint');
  }

  /** Where estimates may stand: projects of a team and projects of a company have different fields. */
  get points(): Field[] {
    return this.all.filter(
      ({ name, custom, type, kind }) =>
        kind === 'jsw-story-points' ||
        (custom && type === 'number' && /^story points?(?: estimate)?$/i.test(name)),
    );
  }

  /**
   * The field with this id, display name or name in JQL, in any case.
   *
   * @throws ToolError `INVALID_ARGUMENT` with near names when there is none, with the ids when there are several.
   */
  find(text: string): Field {
    const wanted = text.trim().toLowerCase();
    const found = this.#named(wanted) ?? this.#named(aliases[wanted]?.toLowerCase());
    if (!found) return this.#refuse(text);
    const [field, ...others] = found;
    if (field && others.length === 0) return field;
    throw new ToolError(
      'INVALID_ARGUMENT',
      `"${outsideText(text, 60)}" is the name of ${found.length} fields`,
      { try: `one of the ids: ${found.map(({ id, type }) => `${id} (${type})`).join(', ')}` },
    );
  }

  /** An id is one field; a name may be several. */
  #named(wanted: string | undefined): Field[] | undefined {
    if (!wanted) return;
    const tests: ((field: Field) => boolean)[] = [
      ({ id }) => id.toLowerCase() === wanted,
      ({ name }) => name.toLowerCase() === wanted,
      ({ jqlNames }) => jqlNames.some((name) => name.toLowerCase() === wanted),
    ];
    return tests.map((test) => this.all.filter(test)).find((found) => found.length > 0);
  }

  #refuse(text: string): never {
    const close = nearest(
      text.trim(),
      this.all.map(({ name }) => name),
      5,
    );
    throw new ToolError('INVALID_ARGUMENT', `there is no field "${outsideText(text, 60)}"`, {
      try: close.length > 0 ? [...new Set(close)].join(', ') : 'search_fields',
    });
  }
}
