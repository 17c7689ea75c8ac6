import { isRecord, toText } from '../args.ts';
import type { AnyBlock } from '../control-types.ts';
import { elementsOf } from './form-elements.ts';

/** What one element holds, as it stands in `state.values`. */
export type ElementValue = { type: string } & Record<string, unknown>;

interface Form {
  values: Map<string, ElementValue>;
  /** What external menus offered, by element, then by the option's value. */
  offers: Map<string, Map<string, unknown>>;
}

const MAX_FORMS = 5_000;
const MAX_OFFERED = 1_000;

/** What people have put into messages and views by now. A form is one message for one person, or one view. */
export class Forms {
  readonly #forms = new Map<string, Form>();

  value(form: string, block_id: string, action_id: string): ElementValue | undefined {
    return this.#forms.get(form)?.values.get(key(block_id, action_id));
  }

  hold(form: string, block_id: string, action_id: string, value: ElementValue): void {
    this.#open(form).values.set(key(block_id, action_id), value);
  }

  /** Remembers the options of an external menu: what is picked later comes back by its value alone. */
  offer(form: string, block_id: string, action_id: string, options: unknown[]): void {
    const { offers } = this.#open(form);
    const known = offers.get(key(block_id, action_id)) ?? new Map<string, unknown>();
    for (const option of options) if (isRecord(option)) known.set(toText(option.value), option);
    while (known.size > MAX_OFFERED) known.delete(known.keys().next().value ?? '');
    offers.set(key(block_id, action_id), known);
  }

  offered(form: string, block_id: string, action_id: string, value: string): unknown {
    return this.#forms.get(form)?.offers.get(key(block_id, action_id))?.get(value);
  }

  /** After a view was updated: what was put in stays where `block_id` and `action_id` stayed, and is lost elsewhere. */
  keepOnly(form: string, blocks: readonly AnyBlock[]): void {
    const known = this.#forms.get(form);
    if (!known) return;
    const kept = new Set(
      elementsOf(blocks).map(({ block, element }) =>
        key(toText(block.block_id), toText(element.action_id)),
      ),
    );
    for (const map of [known.values, known.offers])
      for (const name of map.keys()) if (!kept.has(name)) map.delete(name);
  }

  forget(form: string): void {
    this.#forms.delete(form);
  }

  #open(form: string): Form {
    const known = this.#forms.get(form) ?? { values: new Map(), offers: new Map() };
    this.#forms.set(form, known);
    const [oldest] = this.#forms.keys();
    if (this.#forms.size > MAX_FORMS && oldest !== undefined) this.#forms.delete(oldest);
    return known;
  }
}

const key = (block_id: string, action_id: string) => JSON.stringify([block_id, action_id]);
