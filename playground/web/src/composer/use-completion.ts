import { type KeyboardEvent, useId, useState } from 'react';
import { useDirectory } from '../workspace/directory.tsx';
import { complete, completionAt, type Suggestion } from './completion.ts';

/** What is offered for the word at the caret, and the keys that choose from it. `onTaken` gets the text and caret after a choice. */
export function useCompletion(
  text: string,
  inThread: boolean,
  onTaken: (text: string, caret: number) => void,
) {
  const { people, apps, channels } = useDirectory();
  const [caret, setCaret] = useState(text.length);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const listId = useId();

  const sources = { people: people.values(), channels: channels.values(), apps, inThread };
  const completion = dismissed ? undefined : completionAt(text, caret, sources);
  const suggestions = completion?.suggestions ?? [];
  const index = Math.min(active, suggestions.length - 1);
  const chosen = suggestions[index];

  const pick = (suggestion: Suggestion) => {
    if (!completion) return;
    const next = complete(text, caret, completion, suggestion);
    onTaken(next.text, next.caret);
  };

  /** True when the key was meant for the list. */
  const onKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (!chosen) return false;
    // What stands there already is sent, not completed.
    if (key === 'Enter' && (shiftKey || chosen.insert === text.trim())) return false;
    const count = suggestions.length;
    const keys: Record<string, () => void> = {
      ArrowDown: () => setActive((index + 1) % count),
      ArrowUp: () => setActive((index - 1 + count) % count),
      Tab: () => pick(chosen),
      Enter: () => pick(chosen),
      Escape: () => setDismissed(true),
    };
    keys[key]?.();
    return key in keys;
  };

  return {
    suggestions,
    index,
    listId,
    pick,
    onKey,
    /** The caret moved without typing. */
    setCaret,
    /** Something was typed: what was chosen or dismissed before no longer counts. */
    typed: (at: number) => {
      setCaret(at);
      setActive(0);
      setDismissed(false);
    },
  };
}
