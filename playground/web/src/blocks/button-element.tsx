import { emojify } from 'node-emoji';
import { useRef } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { useInteraction } from './interaction.tsx';
import { Problem } from './problem.tsx';
import { safeUrl } from './safe-url.ts';
import { field, plainText, stringField } from './text-object.ts';

/** A button: asks first when the app wants that, tells the app, and opens its `url` if it has one. */
export function ButtonElement({ element, blockId }: { element: unknown; blockId?: string }) {
  const { act, busy, problem } = useInteraction(element, blockId);
  const dialog = useRef<HTMLDialogElement>(null);
  const confirm = field(element, 'confirm');
  const url = safeUrl(stringField(element, 'url'));

  const press = () => {
    if (url) window.open(url, '_blank', 'noopener,noreferrer');
    return act(stringField(element, 'value'));
  };
  return (
    <>
      <button
        type="button"
        className={`block-button ${stringField(element, 'style') ?? ''}`}
        aria-label={stringField(element, 'accessibility_label')}
        disabled={busy}
        onClick={() => (confirm ? dialog.current?.showModal() : press())}
      >
        {emojify(plainText(field(element, 'text')))}
      </button>
      {confirm !== undefined && <ConfirmDialog ref={dialog} confirm={confirm} onConfirm={press} />}
      <Problem>{problem}</Problem>
    </>
  );
}
