import { useContext, useState } from 'react';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { useEnclosingForm } from './form.ts';
import { formKey, toRequestValues } from './form-values.ts';
import { initialValue, type Picked } from './initial-value.ts';
import { InputFieldContext } from './input-field.ts';
import { PlaceContext } from './place-context.ts';
import { field, stringField } from './text-object.ts';

/** One element as a person uses it. */
export interface Control {
  value: Picked;
  /**
   * Holds a value and tells the app, after asking when the app wants that. In an input block that does not dispatch it only
   * holds. Without a value it was just pressed.
   */
  pick: (value?: Picked) => unknown;
  /** Only holds a value: what is being typed. */
  set: (value: Picked) => void;
  /** While the app has not taken what it was told. */
  busy: boolean;
  /** What went wrong, in a sentence. */
  problem: string | undefined;
  /** The app's "Are you sure?", while it waits for an answer. */
  question: Question | undefined;
}

export interface Question {
  confirm: unknown;
  onYes: () => void;
  onNo: () => void;
}

/** What an element holds and does. `onPick` runs in the same event as the person's last click. */
export function useControl(element: unknown, blockId = '', onPick?: () => void): Control {
  const place = useContext(PlaceContext);
  const inputField = useContext(InputFieldContext);
  const form = useEnclosingForm();
  const { me } = useDirectory();
  const [calls, setCalls] = useState(0);
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState<{ value: Picked | undefined }>();
  const action_id = stringField(element, 'action_id') ?? '';
  const key = formKey(blockId, action_id);
  const tells = !inputField || inputField.dispatches;
  const confirm = field(element, 'confirm');
  const initial = initialValue(element);

  const set = (value: Picked) => form.set(key, value);

  const tell = async (value: Picked | undefined) => {
    onPick?.();
    const holds = value !== undefined && initial !== undefined;
    if (holds) set(value);
    if (!place || !me) return;
    setCalls((calls) => calls + 1);
    const answer = await control.click({
      user: me.id,
      ...place,
      action_id,
      block_id: blockId,
      ...(value !== undefined && { value: value ?? '' }),
      values: toRequestValues(holds ? new Map(form.values).set(key, value) : form.values),
    });
    setCalls((calls) => calls - 1);
    setProblem(answer.ok ? undefined : answer.message);
  };

  const pick = (value?: Picked) => {
    if (!tells) return value !== undefined && set(value);
    if (confirm) return setAsked({ value });
    return tell(value);
  };

  return {
    value: (form.values.has(key) ? form.values.get(key) : initial) ?? null,
    pick,
    set,
    busy: calls > 0,
    problem,
    question: asked && {
      confirm,
      onYes: () => {
        setAsked(undefined);
        void tell(asked.value);
      },
      onNo: () => setAsked(undefined),
    },
  };
}
