import { useCallback, useEffect, useState } from 'react';
import type { State } from '../../../slack/control-types.ts';
import { conversationKey, later, type ReadMarks, threadOf } from './read-marks.ts';

/**
 * What the person of this state has read, kept in the browser for all its windows. Mount it anew for another person.
 *
 * A channel seen for the first time counts as read, and so do its threads: nobody wants to begin with a wall of marks. Not so a DM that
 * somebody opened with this person since they were here first.
 */
export function useReadMarks({
  me,
  channels,
  messages,
}: State): [ReadMarks, (conversation: string, ts: string) => void] {
  const [marks, setMarks] = useState(() => stored(me));

  useEffect(() => {
    setMarks((marks) => {
      const missing = channels.filter(({ id }) => marks[id] === undefined);
      if (missing.length === 0) return marks;
      const wasHere = Object.keys(marks).length > 0;
      const first = missing.flatMap(({ id, kind }) => {
        const isNewDm = wasHere && (kind === 'direct' || kind === 'group');
        const said = (!isNewDm && messages[id]) || [];
        const upTo = said.at(-1)?.ts ?? '0';
        const threads = new Set(said.flatMap((message) => threadOf(message) ?? []));
        return [undefined, ...threads].map((thread) => [conversationKey(id, thread), upTo]);
      });
      return { ...marks, ...Object.fromEntries(first) };
    });
  }, [channels, messages]);

  useEffect(() => {
    localStorage.setItem(storageKey(me), JSON.stringify(marks));
  }, [me, marks]);

  useEffect(() => {
    const onStorage = ({ key }: StorageEvent) => {
      if (key === storageKey(me)) setMarks((marks) => later(marks, stored(me)));
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, [me]);

  const read = useCallback((conversation: string, ts: string) => {
    setMarks((marks) =>
      (marks[conversation] ?? '') >= ts ? marks : { ...marks, [conversation]: ts },
    );
  }, []);
  return [marks, read];
}

const storageKey = (me: string) => `playground.read.${me}`;

function stored(me: string): ReadMarks {
  try {
    return (JSON.parse(localStorage.getItem(storageKey(me)) ?? '{}') ?? {}) as ReadMarks;
  } catch {
    return {};
  }
}
