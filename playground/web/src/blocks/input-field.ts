import { createContext, useContext } from 'react';

/** The input block around an element: what belongs to its one field. */
export interface InputField {
  /** The id of whatever the label is for. */
  controlId: string;
  labelId: string;
  /** The ids of hint and error. */
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
  /** The app hears of each change (`dispatch_action`). */
  dispatches: boolean;
}

/** Undefined for elements that stand in no input block and act at once. */
export const InputFieldContext = createContext<InputField | undefined>(undefined);

/** By `block_id`, what is wrong with the inputs of a view. */
export const InputErrorsContext = createContext<Record<string, string>>({});

/** What names and describes an element to assistive technology; `fallback` names one outside of input blocks. */
export function useFieldProps(fallback: string) {
  const inputField = useContext(InputFieldContext);
  if (!inputField) return { 'aria-label': fallback };
  const { controlId, labelId, describedBy, invalid, required } = inputField;
  return {
    id: controlId,
    'aria-labelledby': labelId,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    'aria-required': required || undefined,
  };
}
