import { randomUUID } from 'node:crypto';
import { isRecord } from './args.ts';
import { textFaults } from './block-elements.ts';
import { checkBlocks } from './blocks.ts';
import type { View } from './control-types.ts';
import { freshId } from './identifiers.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

const MAX_VIEW_BYTES = 250_000;
const MAX_STACK = 3;

/** A view as the app described it, checked. */
export type ViewDescription = Pick<View, 'type' | 'callback_id' | 'private_metadata' | 'blocks'> & {
  title?: unknown;
  submit?: unknown;
  close?: unknown;
  external_id?: string;
  notify_on_close: boolean;
  clear_on_close: boolean;
};

export type StoredView = View & ViewDescription;

/** The open modals, a stack per person, and the Home tabs. */
export class Views {
  readonly #workspace: Workspace;
  readonly #stacks = new Map<string, StoredView[]>();
  readonly #homes = new Map<string, StoredView>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Opens a modal for somebody who has none open. */
  open(user: string, description: ViewDescription): StoredView {
    const id = freshId('V');
    return this.#put([], { ...description, ...fresh(user), id, root_view_id: id });
  }

  /** Opens a modal above another. @throws Refusal `push_limit_reached`, `not_found`. */
  push(user: string, description: ViewDescription): StoredView {
    const stack = this.modals(user);
    const [root] = stack;
    const below = stack.at(-1);
    if (!root || !below) throw new Refusal('not_found');
    if (stack.length >= MAX_STACK) throw new Refusal('push_limit_reached');
    return this.#put(stack, {
      ...description,
      ...fresh(user),
      id: freshId('V'),
      root_view_id: root.id,
      previous_view_id: below.id,
    });
  }

  /** Replaces a view's content. @throws Refusal `not_found`, `hash_conflict`. */
  update(id: string, description: ViewDescription, hash?: string): StoredView {
    const old = this.find(id);
    if (hash && hash !== old.hash) throw new Refusal('hash_conflict');
    const { errors: _, ...kept } = old;
    return this.#replace({ ...kept, ...description, hash: freshHash() });
  }

  /** Sets a person's Home tab. @throws Refusal `hash_conflict`. */
  publish(user: string, description: ViewDescription, hash?: string): StoredView {
    const old = this.#homes.get(user);
    if (hash && hash !== old?.hash) throw new Refusal('hash_conflict');
    const id = old?.id ?? freshId('V');
    const view = { ...description, ...fresh(user), id, root_view_id: id };
    this.#homes.set(user, view);
    this.#workspace.tell({ type: 'view', view });
    return view;
  }

  /** By id or the app's own `external_id`. @throws Refusal `not_found`. */
  find(id: string): StoredView {
    const all = [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
    const found = all.find((view) => view.id === id || view.external_id === id);
    if (!found) throw new Refusal('not_found');
    return found;
  }

  modals(user: string): StoredView[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): StoredView | undefined {
    return this.#homes.get(user);
  }

  showErrors(id: string, errors: Record<string, string>): void {
    this.#replace({ ...this.find(id), errors });
  }

  /** Closes one modal, or all of its stack. */
  close(id: string, { all = false } = {}): void {
    const { user } = this.find(id);
    const stack = this.modals(user);
    const gone = all ? stack : stack.filter((view) => view.id === id);
    this.#stacks.set(
      user,
      stack.filter((view) => !gone.includes(view)),
    );
    for (const view of gone) this.#workspace.tell({ type: 'view-closed', user, view_id: view.id });
  }

  #put(below: StoredView[], view: StoredView): StoredView {
    this.#stacks.set(view.user, [...below, view]);
    this.#workspace.tell({ type: 'view', view });
    return view;
  }

  #replace(view: StoredView): StoredView {
    if (view.type === 'home') this.#homes.set(view.user, view);
    else {
      const stack = this.modals(view.user).map((one) => (one.id === view.id ? view : one));
      this.#stacks.set(view.user, stack);
    }
    this.#workspace.tell({ type: 'view', view });
    return view;
  }
}

const freshHash = () => `${Math.floor(Date.now() / 1000)}.${randomUUID().slice(0, 8)}`;
const fresh = (user: string) => ({ user, hash: freshHash() });

/** Checks a view as Slack does. @throws Refusal `invalid_arguments`, `invalid_blocks`, `view_too_large`. */
export function toViewDescription(value: unknown, allowed: View['type'][]): ViewDescription {
  if (!isRecord(value)) throw new Refusal('invalid_arguments', ['missing required field: view']);
  if (JSON.stringify(value).length > MAX_VIEW_BYTES) throw new Refusal('view_too_large');
  const type = allowed.find((one) => one === value.type);
  const faults = type
    ? viewFaults(value, type)
    : [`must be one of ${allowed} [json-pointer:/view/type]`];
  if (faults.length > 0 || !type) throw new Refusal('invalid_arguments', faults);
  return {
    type,
    callback_id: String(value.callback_id ?? ''),
    private_metadata: String(value.private_metadata ?? ''),
    blocks: checkBlocks(value.blocks, type),
    notify_on_close: value.notify_on_close === true,
    clear_on_close: value.clear_on_close === true,
    ...(value.title !== undefined && { title: value.title }),
    ...(value.submit !== undefined && { submit: value.submit }),
    ...(value.close !== undefined && { close: value.close }),
    ...(typeof value.external_id === 'string' && { external_id: value.external_id }),
  };
}

function viewFaults(view: Record<string, unknown>, type: View['type']): string[] {
  const tooLong = (name: string, max: number) =>
    String(view[name] ?? '').length > max
      ? [`must be less than ${max + 1} characters [json-pointer:/view/${name}]`]
      : [];
  const inputs =
    Array.isArray(view.blocks) && view.blocks.some((one) => isRecord(one) && one.type === 'input');
  const labels = ['title', 'submit', 'close'].flatMap((name) =>
    view[name] === undefined && (name !== 'title' || type === 'home')
      ? []
      : textFaults(view[name], 24, `/view/${name}`, true),
  );
  return [
    ...labels,
    ...tooLong('private_metadata', 3000),
    ...tooLong('callback_id', 255),
    ...(type === 'modal' && inputs && view.submit === undefined
      ? ['submit is required with input blocks [json-pointer:/view/submit]']
      : []),
  ];
}
