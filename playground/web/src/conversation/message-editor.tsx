import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { toTyped } from './to-typed.ts';

interface Props {
  message: Message;
  onClose: () => void;
  /** Saving nothing means deleting it. */
  onDelete: () => void;
}

/** Edits one's own message in its place. Enter saves, Escape ends; the focus goes back to where it was. */
export function MessageEditor({ message, onClose, onDelete }: Props) {
  const directory = useDirectory();
  const [before] = useState(() => toTyped(message.text, directory));
  const [typed, setTyped] = useState(before);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const from = document.activeElement;
    const editor = field.current;
    editor?.focus();
    editor?.setSelectionRange(editor.value.length, editor.value.length);
    editor?.scrollIntoView({ block: 'nearest' });
    return () => {
      const isElsewhere =
        document.activeElement !== editor && document.activeElement !== document.body;
      if (from instanceof HTMLElement && from.isConnected && !isElsewhere) from.focus();
    };
  }, []);

  const save = async () => {
    const text = typed.trim();
    if (busy) return;
    if (text === before.trim()) return onClose();
    if (!text && !message.files?.length) return onDelete();
    setBusy(true);
    const { user, channel, ts } = message;
    const answer = await control.edit({ user, channel, ts, text });
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(answer.message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <div className="message-editor">
      <textarea
        ref={field}
        aria-label="Edit message"
        rows={Math.min(12, typed.split('\n').length)}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="editor-buttons">
        <Problem>{problem}</Problem>
        <button type="button" className="block-button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="block-button primary" disabled={busy} onClick={save}>
          Save
        </button>
      </div>
    </div>
  );
}
