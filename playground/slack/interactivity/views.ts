import { randomUUID } from 'node:crypto';
import { unixSeconds } from '../clock.ts';
import type { View } from '../control-types.ts';
import { freshId } from '../identifiers.ts';
import { Refusal } from '../refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ViewDescription } from './view-description.ts';

const MAX_STACK = 3;

export type StoredView = View & ViewDescription;

/** The open modals, a stack per person, and the Home tabs, one per person and app. */
export class Views {
  readonly #workspace: Workspace;
  readonly #stacks = new Map<string, StoredView[]>();
  readonly #homes = new Map<string, StoredView>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Opens a modal; those that the person had open are gone. @throws Refusal `duplicate_external_id`. */
  open(user: string, app_id: string, description: ViewDescription): StoredView {
    const before = this.modals(user);
    this.#claim(description, before);
    this.#take(user, before);
    const id = freshId('V');
    return this.#put([], { ...description, ...fresh(user, app_id), id, root_view_id: id });
  }

  /** Opens a modal above another. @throws Refusal `push_limit_reached`, `not_found`, `duplicate_external_id`. */
  push(user: string, app_id: string, description: ViewDescription): StoredView {
    const stack = this.modals(user);
    const [root] = stack;
    const below = stack.at(-1);
    if (!root || !below || root.app_id !== app_id) throw new Refusal('not_found');
    if (stack.length >= MAX_STACK) throw new Refusal('push_limit_reached');
    this.#claim(description, []);
    return this.#put(stack, {
      ...description,
      ...fresh(user, app_id),
      id: freshId('V'),
      root_view_id: root.id,
      previous_view_id: below.id,
    });
  }

  /** Replaces a view's content. @throws Refusal `not_found`, `hash_conflict`, `duplicate_external_id`. */
  update(id: string, description: ViewDescription, hash?: string): StoredView {
    const old = this.find(id);
    if (hash && hash !== old.hash) throw new Refusal('hash_conflict');
    this.#claim(description, [old]);
    const { user, app_id, root_view_id, previous_view_id } = old;
    return this.#replace({
      ...description,
      ...fresh(user, app_id),
      id,
      root_view_id,
      ...(previous_view_id && { previous_view_id }),
    });
  }

  /** Sets a person's Home tab. @throws Refusal `hash_conflict`, `duplicate_external_id`. */
  publish(user: string, app_id: string, description: ViewDescription, hash?: string): StoredView {
    const old = this.home(user, app_id);
    if (hash && hash !== old?.hash) throw new Refusal('hash_conflict');
    this.#claim(description, old ? [old] : []);
    const id = old?.id ?? freshId('V');
    return this.#replace({ ...description, ...fresh(user, app_id), id, root_view_id: id });
  }

  /** By id or the app's own `external_id`; with `app_id` only that app's. @throws Refusal `not_found`. */
  find(id: string, app_id?: string): StoredView {
    const found = this.#all().find((view) => view.id === id || view.external_id === id);
    if (!found || (app_id !== undefined && found.app_id !== app_id)) throw new Refusal('not_found');
    return found;
  }

  modals(user: string): StoredView[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string, app_id: string): StoredView | undefined {
    return this.#homes.get(homeKey(user, app_id));
  }

  /** The Home tabs of one person. */
  homes(user: string): StoredView[] {
    return [...this.#homes.values()].filter((view) => view.user === user);
  }

  showErrors(id: string, errors: Record<string, string>): void {
    const { errors: before = {}, ...view } = this.find(id);
    const none = Object.keys(errors).length === 0;
    if (none && Object.keys(before).length === 0) return;
    this.#replace(none ? view : { ...view, errors });
  }

  /** Closes one modal with those above it, or all of its stack; gives them, topmost first. */
  close(id: string, { all = false } = {}): StoredView[] {
    const { user } = this.find(id);
    const stack = this.modals(user);
    const from = all ? 0 : stack.findIndex((view) => view.id === id);
    return this.#take(user, from < 0 ? [] : stack.slice(from));
  }

  /** Takes away everything that an app shows: it was uninstalled. */
  closeOf(app_id: string): void {
    for (const [user, stack] of this.#stacks)
      this.#take(
        user,
        stack.filter((view) => view.app_id === app_id),
      );
    for (const [key, { user, id, ...view }] of this.#homes) {
      if (view.app_id !== app_id) continue;
      this.#homes.delete(key);
      this.#workspace.tell({ type: 'view-closed', user, view_id: id });
    }
  }

  #all(): StoredView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  /** An `external_id` belongs to one view of the workspace; `leaving` are views that give theirs up. */
  #claim({ external_id }: ViewDescription, leaving: StoredView[]): void {
    if (external_id === undefined) return;
    const taken = this.#all().some(
      (view) => view.external_id === external_id && !leaving.includes(view),
    );
    if (taken) throw new Refusal('duplicate_external_id');
  }

  #take(user: string, gone: StoredView[]): StoredView[] {
    const left = this.modals(user).filter((view) => !gone.includes(view));
    if (left.length > 0) this.#stacks.set(user, left);
    else this.#stacks.delete(user);
    for (const { id } of gone) this.#workspace.tell({ type: 'view-closed', user, view_id: id });
    return gone.toReversed();
  }

  #put(below: StoredView[], view: StoredView): StoredView {
    this.#stacks.set(view.user, [...below, view]);
    this.#workspace.tell({ type: 'view', view });
    return view;
  }

  #replace(view: StoredView): StoredView {
    if (view.type === 'home') this.#homes.set(homeKey(view.user, view.app_id), view);
    else {
      const stack = this.modals(view.user).map((one) => (one.id === view.id ? view : one));
      this.#stacks.set(view.user, stack);
    }
    this.#workspace.tell({ type: 'view', view });
    return view;
  }
}

const freshHash = () => `${unixSeconds()}.${randomUUID().slice(0, 8)}`;
const fresh = (user: string, app_id: string) => ({ user, app_id, hash: freshHash() });
const homeKey = (user: string, app_id: string) => `${user} ${app_id}`;
