import { useEffect, useRef } from 'react';
import type { Message } from '../../../slack/control-types.ts';
import { useModalDialog } from '../blocks/use-modal-dialog.ts';
import { MessageContent } from './message-content.tsx';

interface Props {
  message: Message;
  onDelete: () => void;
  onClose: () => void;
}

/** Asks before a message goes away for good. Open as long as it is mounted. */
export function DeleteDialog({ message, onDelete, onClose }: Props) {
  const dialog = useModalDialog();
  const first = useRef<HTMLButtonElement>(null);
  // As in Slack, Enter deletes what one has just asked to delete.
  useEffect(() => first.current?.focus(), []);
  return (
    <dialog ref={dialog} className="confirm delete" aria-label="Delete message" onClose={onClose}>
      <h2>Delete message</h2>
      <p>Are you sure you want to delete this message? This cannot be undone.</p>
      <div className="delete-preview" inert>
        <MessageContent message={message} />
      </div>
      <div className="confirm-buttons">
        <button type="button" className="block-button" onClick={onClose}>
          Cancel
        </button>
        <button ref={first} type="button" className="block-button danger filled" onClick={onDelete}>
          Delete
        </button>
      </div>
    </dialog>
  );
}
