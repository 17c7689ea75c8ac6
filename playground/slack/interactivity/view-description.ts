import { isRecord } from '../args.ts';
import {
  anything,
  type Check,
  type Faults,
  fault,
  flag,
  oneOf,
  shape,
  string,
} from '../blocks/block-checks.ts';
import { checkBlocks } from '../blocks/blocks.ts';
import { plainText } from '../blocks/composition-objects.ts';
import type { Limits, View } from '../control-types.ts';
import { Refusal } from '../refusal.ts';

const MAX_VIEW_BYTES = 250_000;

/** A view as the app described it, checked. */
export type ViewDescription = Pick<View, 'type' | 'callback_id' | 'private_metadata' | 'blocks'> & {
  title?: unknown;
  submit?: unknown;
  close?: unknown;
  external_id?: string;
  notify_on_close: boolean;
  clear_on_close: boolean;
};

/** Checks a view as Slack does. @throws Refusal `invalid_arguments` with the place of each fault, `view_too_large`, `msg_…`. */
export function toViewDescription(
  value: unknown,
  allowed: View['type'][],
  limits: Limits,
): ViewDescription {
  if (!isRecord(value)) throw new Refusal('invalid_arguments', ['missing required field: view']);
  if (limits.sizes && Buffer.byteLength(JSON.stringify(value)) > MAX_VIEW_BYTES)
    throw new Refusal('view_too_large');
  const view = Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
  const faults = viewShape(allowed, limits.sizes)(view, '/view');
  if (faults.length > 0) throw new Refusal('invalid_arguments', faults);
  const type = view.type as View['type'];
  return {
    type,
    callback_id: text(view.callback_id),
    private_metadata: text(view.private_metadata),
    blocks: checkBlocks(view.blocks, limits, type),
    notify_on_close: view.notify_on_close === true,
    clear_on_close: view.clear_on_close === true,
    ...(isRecord(view.title) && { title: view.title }),
    ...(isRecord(view.submit) && { submit: view.submit }),
    ...(isRecord(view.close) && { close: view.close }),
    ...(text(view.external_id) && { external_id: text(view.external_id) }),
  };
}

/** What a view's own fields must be; its blocks are looked at on their own. `sizes`: with their lengths. */
function viewShape(allowed: View['type'][], sizes: boolean): Check {
  const upTo = (max: number) => (sizes ? max : Number.POSITIVE_INFINITY);
  const label = plainText(upTo(24));
  const fields = {
    submit: label,
    close: label,
    private_metadata: string(upTo(3_000), 0),
    callback_id: string(upTo(255), 0),
    external_id: string(upTo(255), 0),
    notify_on_close: flag,
    clear_on_close: flag,
    // Of modals that configure a step of a workflow.
    submit_disabled: flag,
  };
  const required = { type: oneOf(...allowed), blocks: anything };
  const modal = shape({ ...required, title: label }, fields, submitFaults);
  const home = shape(required, { ...fields, title: label });
  return (view, path) => (isRecord(view) && view.type === 'home' ? home : modal)(view, path);
}

/** A modal with inputs has a button to send them. */
function submitFaults({ blocks, submit }: Record<string, unknown>, path: string): Faults {
  const all: unknown[] = Array.isArray(blocks) ? blocks : [];
  const at = all.findIndex((one) => isRecord(one) && one.type === 'input');
  return at >= 0 && submit === undefined
    ? fault('must define `submit` to use an `input` block in modals', `${path}/blocks/${at}/input`)
    : [];
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
