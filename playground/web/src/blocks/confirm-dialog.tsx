import { emojify } from 'node-emoji';
import { useId } from 'react';
import { SlackText } from './slack-text.tsx';
import { field, plainText, stringField } from './text-object.ts';
import type { Question } from './use-control.ts';
import { useModalDialog } from './use-modal-dialog.ts';

/** "Are you sure?" in the app's words. */
export function ConfirmDialog({ question: { confirm, onYes, onNo } }: { question: Question }) {
  const dialog = useModalDialog();
  const titleId = useId();
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onNo();
      }}
      // The dialog may stand within a form or another dialog, whom this key does not concern.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={titleId}>{emojify(plainText(field(confirm, 'title')) || 'Are you sure?')}</h2>
      <SlackText object={field(confirm, 'text')} />
      <div className="confirm-buttons">
        <button type="button" className="block-button" onClick={onNo}>
          {emojify(plainText(field(confirm, 'deny')) || 'Cancel')}
        </button>
        <button
          type="button"
          className={`block-button ${stringField(confirm, 'style') ?? 'primary'}`}
          onClick={onYes}
        >
          {emojify(plainText(field(confirm, 'confirm')) || 'Yes')}
        </button>
      </div>
    </dialog>
  );
}
