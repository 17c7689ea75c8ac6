import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { State } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { useDirectory } from '../workspace/directory.tsx';
import { conversationKey } from '../workspace/read-marks.ts';
import { type Completion, complete, completionAt, type Suggestion } from './completion.ts';
import { CompletionList } from './completion-list.tsx';
import { send } from './send.ts';
import { useDraft } from './use-draft.ts';

interface Props {
  user: string;
  channel: string;
  thread?: string;
  placeholder: string;
  commands: State['commands'];
}

/** Where messages and commands are typed. Mount it anew for another conversation or person. */
export function Composer({ user, channel, thread, placeholder, commands }: Props) {
  const { people, app } = useDirectory();
  const [draft, setDraft] = useDraft(`${user}.${conversationKey(channel, thread)}`);
  const [caret, setCaret] = useState(draft.length);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const moveTo = useRef<number>(undefined);
  const listId = useId();

  const sources = { people: people.values(), app: app.user, commands: thread ? [] : commands };
  const completion = dismissed ? undefined : completionAt(draft, caret, sources);
  const chosen = completion?.suggestions[Math.min(active, completion.suggestions.length - 1)];

  useLayoutEffect(() => {
    if (moveTo.current === undefined) return;
    field.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = undefined;
  });

  const type = (text: string, at: number) => {
    setDraft(text);
    setCaret(at);
    setActive(0);
    setDismissed(false);
    setProblem(undefined);
  };
  const pick = (completion: Completion, suggestion: Suggestion) => {
    const next = complete(draft, caret, completion, suggestion);
    type(next.text, next.caret);
    moveTo.current = next.caret;
  };
  const submit = async () => {
    const text = draft.trim();
    if (!text) return;
    type('', 0);
    const answer = await send({ user, channel, thread, text, commands });
    if (answer.ok) return;
    setProblem(answer.message);
    // Nothing typed is lost, not even what was typed since.
    if (!field.current?.value) setDraft(text);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key, shiftKey } = event;
    if (completion && chosen) {
      const count = completion.suggestions.length;
      const handled: Record<string, () => void> = {
        ArrowDown: () => setActive((active + 1) % count),
        ArrowUp: () => setActive((active - 1 + count) % count),
        Tab: () => pick(completion, chosen),
        Enter: () => pick(completion, chosen),
        Escape: () => setDismissed(true),
      };
      const isPlainEnter = key !== 'Enter' || (!shiftKey && chosen.insert !== draft.trim());
      if (handled[key] && isPlainEnter) {
        event.preventDefault();
        event.stopPropagation();
        handled[key]();
        return;
      }
    }
    if (key !== 'Enter' || shiftKey) return;
    event.preventDefault();
    return submit();
  };

  return (
    <div className="composer">
      {completion && chosen && (
        <CompletionList
          id={listId}
          suggestions={completion.suggestions}
          active={completion.suggestions.indexOf(chosen)}
          onPick={(suggestion) => pick(completion, suggestion)}
        />
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          // biome-ignore lint/a11y/noAutofocus: opening a conversation means wanting to write, as in Slack
          autoFocus
          rows={Math.min(10, draft.split('\n').length)}
          value={draft}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-controls={completion && listId}
          aria-activedescendant={
            completion && chosen && `${listId}-${completion.suggestions.indexOf(chosen)}`
          }
          onChange={({ target }) => type(target.value, target.selectionStart)}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="send"
          aria-label="Send"
          title="Send"
          disabled={!draft.trim()}
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
