import { emojify } from 'node-emoji';
import { useContext, useId, useMemo } from 'react';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { Element } from './element.tsx';
import { InputErrorsContext, type InputField, InputFieldContext } from './input-field.ts';
import { plainText, stringField } from './text-object.ts';

/** A label, something to fill in, a hint, and what is wrong with it. */
export function InputBlock({ block }: { block: AnyBlock }) {
  const id = useId();
  const blockId = stringField(block, 'block_id') ?? '';
  const errors = useContext(InputErrorsContext);
  const error = Object.hasOwn(errors, blockId) ? errors[blockId] : undefined;
  const hint = plainText(block.hint);
  const optional = block.optional === true;
  const dispatches = block.dispatch_action === true;
  const inputField = useMemo<InputField>(() => {
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean);
    return {
      controlId: `${id}-control`,
      labelId: `${id}-label`,
      describedBy: described.join(' ') || undefined,
      invalid: error !== undefined,
      required: !optional,
      dispatches,
    };
  }, [id, hint, error, optional, dispatches]);

  return (
    <div className={error === undefined ? 'input-block' : 'input-block invalid'}>
      <label id={inputField.labelId} htmlFor={inputField.controlId}>
        {emojify(plainText(block.label))}
        {optional && <span className="dim"> (optional)</span>}
      </label>
      <InputFieldContext value={inputField}>
        <Element element={block.element} blockId={blockId} />
      </InputFieldContext>
      {error !== undefined && (
        <p className="problem" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {emojify(hint)}
        </p>
      )}
    </div>
  );
}
