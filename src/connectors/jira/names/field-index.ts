import { z } from 'zod';
import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { matchFields } from './match-fields.ts';

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

/** More are not what a question is about. */
const mostAsked = 40;

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
    const [field, ...others] = matchFields(this.all, text);
    if (!field) return this.#refuse(text);
    if (others.length === 0) return field;
    const found = [field, ...others];
    throw new ToolError(
      'INVALID_ARGUMENT',
      `"${outsideText(text, 60)}" is the name of ${found.length} fields`,
      { try: `one of the ids: ${found.map(({ id, type }) => `${id} (${type})`).join(', ')}` },
    );
  }

  /** @throws ToolError `INVALID_ARGUMENT` as `find`, and for more than 40. */
  findAll(names: readonly string[]): Field[] {
    if (names.length <= mostAsked) return names.map((name) => this.find(name));
    throw new ToolError('INVALID_ARGUMENT', `${names.length} fields are more than ${mostAsked}`, {
      try: 'those that the question is about',
    });
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
