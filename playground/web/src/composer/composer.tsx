import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { SuggestedPrompts } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { conversationKey } from '../workspace/read-marks.ts';
import { CompletionList } from './completion-list.tsx';
import { FileChips } from './file-chips.tsx';
import { PlusMenu } from './plus-menu.tsx';
import { PromptButtons } from './prompt-buttons.tsx';
import { send } from './send.ts';
import { useCompletion } from './use-completion.ts';
import { useDraft } from './use-draft.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useUploads } from './use-uploads.ts';

interface Props {
  user: string;
  channel: string;
  thread?: string | undefined;
  placeholder: string;
  prompts?: SuggestedPrompts[];
  /** ↑ in the empty composer: edit one's last message. */
  onEditLast?: (() => void) | undefined;
  /** A message or a command is on its way. */
  onSend?: (() => void) | undefined;
}

/** Where messages and commands are typed, and files attached. Mount it anew for another conversation or person. */
export function Composer(props: Props) {
  const { user, channel, thread, placeholder, prompts = [], onEditLast, onSend } = props;
  const { apps } = useDirectory();
  const conversation = `${user}.${conversationKey(channel, thread)}`;
  const [draft, setDraft] = useDraft(conversation);
  const files = useUploads(user, conversation);
  const [problem, setProblem] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const moveTo = useRef<number>(undefined);
  const attach = (added: Iterable<File>) => {
    files.add(added);
    field.current?.focus();
  };
  useFileDrop(box, attach);

  const type = (text: string, at: number) => {
    setDraft(text);
    completion.typed(at);
    setProblem(undefined);
  };
  const completion = useCompletion(draft, thread !== undefined, (text, caret) => {
    type(text, caret);
    moveTo.current = caret;
  });

  useLayoutEffect(() => {
    if (moveTo.current === undefined) return;
    field.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = undefined;
  });

  const say = async (text: string, attached: typeof files.uploads = []) => {
    onSend?.();
    const ids = attached.flatMap(({ id }) => id ?? []);
    const answer = await send({ user, channel, thread, text, files: ids, apps });
    setProblem(answer.ok ? undefined : answer.message);
    return answer.ok;
  };
  const submit = async () => {
    if (files.busy) return setProblem('The files are still being uploaded.');
    const attached = files.take();
    if (!draft.trim() && attached.length === 0) return;
    type('', 0);
    if (await say(draft.trimEnd(), attached)) return;
    // Nothing typed is lost, not even what was typed since.
    if (!field.current?.value) setDraft(draft);
    files.putBack(attached);
  };
  const runShortcut = async (appId: string, callback_id: string) => {
    const answer = await control.shortcut({ user, callback_id, app_id: appId });
    setProblem(answer.ok ? undefined : answer.message);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key, shiftKey, altKey } = event;
    if (completion.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (key === 'ArrowUp' && !altKey && !shiftKey && draft === '' && onEditLast) {
      event.preventDefault();
      onEditLast();
    } else if (key === 'Enter' && !shiftKey) {
      event.preventDefault();
      void submit();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    // Copied out of a text processor, text comes with a picture of itself.
    if (pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    files.add(pasted);
  };

  const { suggestions, index, listId } = completion;
  const isOpen = suggestions.length > 0;
  return (
    <div className="composer" ref={box}>
      {draft === '' && <PromptButtons suggested={prompts} onAsk={say} />}
      {isOpen && (
        <CompletionList
          id={listId}
          suggestions={suggestions}
          active={index}
          onPick={completion.pick}
        />
      )}
      <div className="composer-box">
        <FileChips uploads={files.uploads} onRemove={files.remove} />
        <PlusMenu
          apps={apps}
          onFiles={attach}
          onShortcut={(app, callbackId) => runShortcut(app.id, callbackId)}
        />
        <textarea
          ref={field}
          // biome-ignore lint/a11y/noAutofocus: opening a conversation means wanting to write, as in Slack
          autoFocus
          rows={Math.min(10, draft.split('\n').length)}
          value={draft}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen ? `${listId}-${index}` : undefined}
          onChange={({ target }) => type(target.value, target.selectionStart)}
          onSelect={({ currentTarget }) => completion.setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button
          type="button"
          className="send"
          aria-label="Send"
          title="Send"
          disabled={files.busy || (!draft.trim() && files.uploads.every(({ id }) => !id))}
          onClick={submit}
        >
          <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
            <path d="M2 2.5 18.5 10 2 17.5l2-6L12 10l-8-1.5z" />
          </svg>
        </button>
      </div>
      <div className="composer-foot">
        <Problem>{problem}</Problem>
        <span className="composer-hint">
          <b>Shift + Enter</b> for a new line
        </span>
      </div>
    </div>
  );
}
