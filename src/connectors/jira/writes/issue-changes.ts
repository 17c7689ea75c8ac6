import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { isAdf } from '../adf/adf.ts';
import { uncarriedParts } from '../adf/uncarried-parts.ts';
import type { RawIssue } from '../issues/short-issue.ts';
import type { FieldMeta } from './field-meta.ts';
import { findMeta } from './find-meta.ts';
import { type FieldPlace, isRichText, toFieldValue } from './to-field-value.ts';

/** What was asked for, by names of fields. */
export interface AskedChanges {
  set?: Record<string, unknown> | undefined;
  add?: Record<string, unknown> | undefined;
  remove?: Record<string, unknown> | undefined;
}

/** The same as Jira takes it, by ids. */
export interface Changes {
  ids: string[];
  fields: Record<string, unknown>;
  update: Record<string, Record<string, unknown>[]>;
  /** Fields with a rich text that is replaced, ids and names. */
  texts: { id: string; name: string }[];
}

/** @throws ToolError `INVALID_ARGUMENT` for fields and values that there are not, and for no change at all. */
export async function toChanges(
  screen: readonly FieldMeta[],
  { set = {}, add = {}, remove = {} }: AskedChanges,
  place: FieldPlace,
): Promise<Changes> {
  const changes: Changes = { ids: [], fields: {}, update: {}, texts: [] };
  const find = (name: string) => {
    if (/^status$/i.test(name.trim())) refuseStatus(name.trim());
    const meta = findMeta(screen, name, 'by an edit of this issue');
    if (!changes.ids.includes(meta.id)) changes.ids.push(meta.id);
    return meta;
  };
  for (const [name, value] of Object.entries(set)) {
    const meta = find(name);
    if (isRichText(meta)) changes.texts.push({ id: meta.id, name: meta.name });
    changes.fields[meta.id] = await toFieldValue(meta, value, place);
  }
  for (const [verb, lists] of [
    ['add', add],
    ['remove', remove],
  ] as const)
    for (const [name, values] of Object.entries(lists)) {
      const meta = find(name);
      const items = await toItems(meta, values, place);
      if (meta.id in changes.fields) refuseTwice(meta.name);
      const steps = changes.update[meta.id] ?? [];
      changes.update[meta.id] = [...steps, ...items.map((item) => ({ [verb]: item }))];
    }
  if (changes.ids.length > 0) return changes;
  throw new ToolError('INVALID_ARGUMENT', 'there is nothing to change', {
    try: 'set {"Priority": "High"}, add {"Labels": ["urgent"]} or remove',
  });
}

async function toItems(meta: FieldMeta, values: unknown, place: FieldPlace): Promise<unknown[]> {
  if (meta.type !== 'array')
    throw new ToolError('INVALID_ARGUMENT', `the field "${meta.name}" holds one value, no list`, {
      try: 'set instead of add or remove',
    });
  const items = await toFieldValue(meta, values, place);
  return Array.isArray(items) ? items : [];
}

function refuseStatus(name: string): never {
  throw new ToolError('INVALID_ARGUMENT', `"${name}" can't be set by an edit of this issue`, {
    try: 'transition_issue, if it is offered',
  });
}

function refuseTwice(name: string): never {
  throw new ToolError('INVALID_ARGUMENT', `the field "${name}" is both replaced and added to`, {
    try: 'either set, or add and remove',
  });
}

/**
 * A text that is written anew was read as Markdown: what Markdown did not show would be gone.
 *
 * @throws ToolError `REFUSED` that names what would be lost.
 */
export function checkLoss({ texts }: Changes, before: RawIssue): void {
  for (const { id, name } of texts) {
    const stored = before.fields[id];
    const lost = isAdf(stored) ? uncarriedParts(stored) : [];
    if (lost.length === 0) continue;
    throw new ToolError(
      'REFUSED',
      `the field "${name}" holds what Markdown can't: ${outsideText(lost.join(', '), 200)}`,
      {
        why: 'it would be lost when the text is replaced',
        try: 'add_comment instead, or allow_lossy_description when the person agrees to lose it',
      },
    );
  }
}
