import { useCallback, useState } from 'react';

/** What was typed and not sent, kept for this browser tab. Mount it anew for another conversation. */
export function useDraft(conversation: string): [string, (text: string) => void] {
  const key = `playground.draft.${conversation}`;
  const [draft, setDraft] = useState(() => sessionStorage.getItem(key) ?? '');
  const keep = useCallback(
    (text: string) => {
      setDraft(text);
      if (text) sessionStorage.setItem(key, text);
      else sessionStorage.removeItem(key);
    },
    [key],
  );
  return [draft, keep];
}
