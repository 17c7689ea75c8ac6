import { isRecord } from '../args.ts';
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

/** Checks a view as Slack does. @throws Refusal `invalid_arguments`, `invalid_blocks`, `view_too_large`. */
export function toViewDescription(
  value: unknown,
  allowed: View['type'][],
  limits: Limits,
): ViewDescription {
  if (!isRecord(value)) throw new Refusal('invalid_arguments', ['missing required field: view']);
  if (limits.sizes && Buffer.byteLength(JSON.stringify(value)) > MAX_VIEW_BYTES)
    throw new Refusal('view_too_large');
  const type = allowed.find((one) => one === value.type);
  const faults = type
    ? viewFaults(value, type, limits)
    : [`must be one of ${allowed} [json-pointer:/view/type]`];
  if (faults.length > 0 || !type) throw new Refusal('invalid_arguments', faults);
  return {
    type,
    callback_id: text(value.callback_id),
    private_metadata: text(value.private_metadata),
    blocks: checkBlocks(value.blocks, limits, type),
    notify_on_close: value.notify_on_close === true,
    clear_on_close: value.clear_on_close === true,
    ...(isRecord(value.title) && { title: value.title }),
    ...(isRecord(value.submit) && { submit: value.submit }),
    ...(isRecord(value.close) && { close: value.close }),
    ...(text(value.external_id) && { external_id: text(value.external_id) }),
  };
}

function viewFaults(view: Record<string, unknown>, type: View['type'], limits: Limits): string[] {
  const inputs =
    Array.isArray(view.blocks) && view.blocks.some((one) => isRecord(one) && one.type === 'input');
  const labels = ['title', 'submit', 'close'].flatMap((name) => {
    const value = view[name] ?? undefined;
    if (value === undefined && (name !== 'title' || type === 'home')) return [];
    return plainText(limits.sizes ? 24 : Number.POSITIVE_INFINITY)(value, `/view/${name}`);
  });
  return [
    ...labels,
    ...stringFaults(view, 'private_metadata', 3_000, limits),
    ...stringFaults(view, 'callback_id', 255, limits),
    ...stringFaults(view, 'external_id', 255, limits),
    ...(type === 'modal' && inputs && !isRecord(view.submit)
      ? ['submit is required with input blocks [json-pointer:/view/submit]']
      : []),
  ];
}

/** A string that may be absent or empty. */
function stringFaults(
  view: Record<string, unknown>,
  name: string,
  max: number,
  limits: Limits,
): string[] {
  const value = view[name] ?? '';
  if (typeof value !== 'string') return [`must be a string [json-pointer:/view/${name}]`];
  return limits.sizes && value.length > max
    ? [`must be less than ${max + 1} characters [json-pointer:/view/${name}]`]
    : [];
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
