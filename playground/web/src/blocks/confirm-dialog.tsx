import type { RefObject } from 'react';
import { field, plainText, stringField } from './text-object.ts';

/** "Are you sure?" in the app's words. */
export function ConfirmDialog({
  ref,
  confirm,
  onConfirm,
}: {
  ref: RefObject<HTMLDialogElement | null>;
  confirm: unknown;
  onConfirm: () => unknown;
}) {
  const close = () => ref.current?.close();
  return (
    <dialog ref={ref} className="confirm" aria-label={plainText(field(confirm, 'title'))}>
      <h2>{plainText(field(confirm, 'title'))}</h2>
      <p>{plainText(field(confirm, 'text'))}</p>
      <div className="confirm-buttons">
        <button type="button" className="block-button" onClick={close}>
          {plainText(field(confirm, 'deny')) || 'Cancel'}
        </button>
        <button
          type="button"
          className={`block-button ${stringField(confirm, 'style') ?? 'primary'}`}
          onClick={() => {
            close();
            onConfirm();
          }}
        >
          {plainText(field(confirm, 'confirm')) || 'Yes'}
        </button>
      </div>
    </dialog>
  );
}
