import { type FormEvent, useId, useState } from 'react';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useAction } from '../workspace/use-action.ts';
import { type FaultKind, type FaultForm as Filled, faultKinds, toFault } from './to-fault.ts';

const blank: Filled = { method: '*', kind: 'limited', detail: '', share: '100', count: '' };

/** Makes calls fail: which ones, how, how many. */
export function FaultForm({ methods }: { methods: string[] }) {
  const [form, setForm] = useState(blank);
  const [mistake, setMistake] = useState<string>();
  const { run, busy, problem } = useAction();
  const listId = useId();
  const { detail, usual } = faultKinds[form.kind];
  const set = (change: Partial<Filled>) => {
    setForm({ ...form, ...change });
    setMistake(undefined);
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const fault = toFault(form);
    if (typeof fault === 'string') return setMistake(fault);
    await run(control.fault(fault));
  };
  return (
    <form className="fault-form" onSubmit={add} noValidate>
      <label>
        Method
        <input
          list={listId}
          value={form.method}
          placeholder="*"
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => set({ method: target.value })}
        />
        <datalist id={listId}>
          {['*', 'chat.*', ...methods].map((method) => (
            <option key={method} value={method} />
          ))}
        </datalist>
      </label>
      <label>
        What happens
        <select
          value={form.kind}
          onChange={({ target }) => set({ kind: target.value as FaultKind, detail: '' })}
        >
          {Object.entries(faultKinds).map(([kind, { label }]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {detail && (
        <label>
          {detail}
          <input
            value={form.detail}
            placeholder={usual}
            onChange={({ target }) => set({ detail: target.value })}
          />
        </label>
      )}
      <label>
        Share (%)
        <input
          inputMode="decimal"
          value={form.share}
          onChange={({ target }) => set({ share: target.value })}
        />
      </label>
      <label>
        Calls
        <input
          inputMode="numeric"
          value={form.count}
          placeholder="no end"
          onChange={({ target }) => set({ count: target.value })}
        />
      </label>
      <button type="submit" className="block-button primary" disabled={busy}>
        Add fault
      </button>
      <Problem>{mistake ?? problem}</Problem>
    </form>
  );
}
