import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { type FormValues, keptValues } from './form-values.ts';
import type { Picked } from './initial-value.ts';

/** What a person put into one message or view. */
export interface Form {
  values: FormValues;
  set: (key: string, value: Picked) => void;
  /** Says that something is under way, an upload, without which the form is not complete. Call what it returns at the end. */
  hold: () => () => void;
  /** While something is under way. */
  held: boolean;
}

export const FormContext = createContext<Form | undefined>(undefined);

const nowhere: Form = { values: new Map(), set: () => {}, hold: () => () => {}, held: false };

/** The form that a control stands in. */
export const useEnclosingForm = (): Form => useContext(FormContext) ?? nowhere;

/** The form of these blocks, through all changes of them: `keepAll` as in `keptValues`. */
export function useForm(blocks: readonly AnyBlock[], keepAll: boolean): Form {
  const [state, setState] = useState({ blocks, values: new Map() as FormValues });
  const [holds, setHolds] = useState(0);
  let { values } = state;
  if (state.blocks !== blocks) {
    values = keptValues(values, state.blocks, blocks, keepAll);
    setState({ blocks, values });
  }
  const set = useCallback((key: string, value: Picked) => {
    setState((state) => ({ ...state, values: new Map(state.values).set(key, value) }));
  }, []);
  const hold = useCallback(() => {
    setHolds((holds) => holds + 1);
    return () => setHolds((holds) => holds - 1);
  }, []);
  return useMemo(() => ({ values, set, hold, held: holds > 0 }), [values, set, hold, holds]);
}
