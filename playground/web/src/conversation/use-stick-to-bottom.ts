import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** How far from the end still counts as the end. CSS pixels. */
const nearPx = 48;

/**
 * Keeps a scrolled list at its end while it grows, unless the person has scrolled up to read. Whenever `sent` changes
 * they are back at the end: who says something wants to see it, and the answer.
 *
 * Give `scroller` to the element that scrolls and `content` to the one inside that grows.
 */
export function useStickToBottom<Content extends HTMLElement = HTMLOListElement>(
  sent = 0,
): {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<Content | null>;
  away: boolean;
  toBottom: () => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<Content>(null);
  const stuck = useRef(true);
  const [away, setAway] = useState(false);

  const toBottom = useCallback(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  useEffect(() => {
    const outer = scroller.current;
    const inner = content.current;
    if (!outer || !inner) return;
    let top = 0;
    const onScroll = () => {
      const isNear = outer.scrollHeight - outer.scrollTop - outer.clientHeight < nearPx;
      // The event for our own scrolling may come when the list has grown again, so being far from the end
      // proves nothing: only going up does.
      if (isNear) stuck.current = true;
      else if (outer.scrollTop < top) stuck.current = false;
      top = outer.scrollTop;
      setAway(!stuck.current);
    };
    // Runs after layout and before painting: the growing text never jumps.
    const observer = new ResizeObserver(() => {
      if (stuck.current) toBottom();
      top = outer.scrollTop;
    });
    observer.observe(outer);
    observer.observe(inner);
    outer.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      outer.removeEventListener('scroll', onScroll);
    };
  }, [toBottom]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: at each message and command
  useEffect(() => {
    stuck.current = true;
    toBottom();
  }, [sent, toBottom]);

  return { scroller, content, away, toBottom };
}
