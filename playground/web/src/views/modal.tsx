import { emojify } from 'node-emoji';
import { type SubmitEvent, useEffect, useId, useMemo, useState } from 'react';
import type { View } from '../../../slack/control-types.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { FormContext, useForm } from '../blocks/form.ts';
import { toRequestValues } from '../blocks/form-values.ts';
import { InputErrorsContext } from '../blocks/input-field.ts';
import { PlaceContext } from '../blocks/place-context.ts';
import { plainText } from '../blocks/text-object.ts';
import { useModalDialog } from '../blocks/use-modal-dialog.ts';
import { control } from '../workspace/control.ts';

/** Slack's sentence for an app that did not answer, or not in a way that Slack understands. */
const trouble = 'We had some trouble connecting. Try again?';

const fields = '.modal-body :is(input, textarea)';
const none = {};

/** One modal: it asks, waits for the app, and says what was refused. */
export function Modal({ view, isTop }: { view: View; isTop: boolean }) {
  const { id, user, blocks, errors, hash } = view;
  const form = useForm(blocks, true);
  const dialog = useModalDialog();
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const place = useMemo(() => ({ view_id: id }), [id]);

  useEffect(() => {
    const focus = (selector: string) => dialog.current?.querySelector<HTMLElement>(selector);
    (focus('[data-focus-on-load]') ?? focus(fields))?.focus();
  }, [dialog]);
  useEffect(() => {
    if (errors)
      dialog.current?.querySelector<HTMLElement>('.invalid :is(input, textarea)')?.focus();
  }, [dialog, errors]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: changed by the app, or on top again
  useEffect(() => setBusy(false), [hash, isTop]);

  const close = async (all: boolean) => {
    const answer = await control.closeView({ user, view_id: id, all });
    if (!answer.ok) setProblem(answer.message);
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || form.held) return;
    setProblem(undefined);
    setBusy(true);
    const values = toRequestValues(form.values);
    const answer = await control.submit({ user, view_id: id, values });
    // Taken: the view closes or changes in a moment.
    if (answer.ok && !answer.errors) return;
    setBusy(false);
    if (!answer.ok) setProblem(`${trouble} (${answer.message})`);
  };

  return (
    <dialog
      ref={dialog}
      className={isTop ? 'modal' : 'modal below'}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // Which of the stack's views Escape closes is a guess: the topmost.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        void close(false);
      }}
      onCancel={(event) => {
        // A file chooser's cancel comes by here as well.
        if (event.target !== event.currentTarget) return;
        // Only the server closes it, since the app may want to know.
        event.preventDefault();
        void close(false);
      }}
    >
      <form noValidate onSubmit={submit}>
        <header className="modal-head">
          <h2 id={titleId}>{emojify(plainText(view.title))}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label="Close"
            onClick={() => close(true)}
          >
            ✕
          </button>
        </header>
        <div className="modal-body">
          <PlaceContext value={place}>
            <FormContext value={form}>
              <InputErrorsContext value={errors ?? none}>
                <Blocks blocks={blocks} />
              </InputErrorsContext>
            </FormContext>
          </PlaceContext>
        </div>
        <footer className="modal-foot">
          <p className="problem" role="alert">
            {problem}
          </p>
          <button type="button" className="block-button" onClick={() => close(false)}>
            {emojify(plainText(view.close)) || 'Cancel'}
          </button>
          {plainText(view.submit) && (
            <button
              type="submit"
              className="block-button primary"
              aria-busy={busy}
              disabled={form.held}
            >
              {emojify(plainText(view.submit))}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
