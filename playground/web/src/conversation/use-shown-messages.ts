import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../../../slack/control-types.ts';
import { newestPage, pageAbove, pageSize, shownFrom } from './shown-messages.ts';

interface Options {
  scroller: RefObject<HTMLElement | null>;
  /** The person has scrolled up to read. */
  away: boolean;
  /** A message that has to be there. */
  wanted: string | undefined;
}

/** How near the first message somebody gets before more are drawn. CSS pixels. */
const nearPx = 800;

/**
 * The part of a long conversation that is drawn: its newest messages, and more whenever `top` comes near the window.
 * What one reads stays where it is.
 */
export function useShownMessages(messages: Message[], { scroller, away, wanted }: Options) {
  const [from, setFrom] = useState(() => newestPage(messages));
  const fromEnd = useRef<number>(undefined);
  const top = useRef<HTMLLIElement>(null);
  const shown = shownFrom(messages, from);
  const hasMore = shown.length < messages.length;

  const latest = useRef(messages);
  useLayoutEffect(() => {
    latest.current = messages;
  });
  const showMore = useCallback(() => {
    const list = scroller.current;
    if (list) fromEnd.current = list.scrollHeight - list.scrollTop;
    setFrom((from) => pageAbove(latest.current, from));
  }, [scroller]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: after every page that was put above
  useLayoutEffect(() => {
    const list = scroller.current;
    if (list && fromEnd.current !== undefined) list.scrollTop = list.scrollHeight - fromEnd.current;
    fromEnd.current = undefined;
  }, [from, scroller]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one page may not be enough to fill the window
  useEffect(() => {
    if (!hasMore || !top.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) showMore();
      },
      { root: scroller.current, rootMargin: `${nearPx}px 0px 0px` },
    );
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [from, hasMore, showMore, scroller]);

  const isTooLong = !away && shown.length > 2 * pageSize;
  useEffect(() => {
    // At the end nobody sees the top.
    if (isTooLong) setFrom(newestPage(latest.current));
  }, [isTooLong]);

  useEffect(() => {
    if (wanted !== undefined) setFrom((from) => (wanted < from ? wanted : from));
  }, [wanted]);

  return { shown, hasMore, showMore, top };
}
