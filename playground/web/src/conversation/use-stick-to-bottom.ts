import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** How far from the end still counts as the end. CSS pixels. */
const nearPx = 48;

/**
 * Keeps a scrolled list at its end while it grows, unless the person has scrolled up to read.
 *
 * Give `scroller` to the element that scrolls and `content` to the one inside that grows.
 */
export function useStickToBottom<Content extends HTMLElement = HTMLOListElement>(): {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<Content | null>;
  away: boolean;
  toBottom: () => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<Content>(null);
  const [away, setAway] = useState(false);

  const toBottom = useCallback(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  useEffect(() => {
    const outer = scroller.current;
    const inner = content.current;
    if (!outer || !inner) return;
    let stuck = true;
    let top = 0;
    const onScroll = () => {
      const isNear = outer.scrollHeight - outer.scrollTop - outer.clientHeight < nearPx;
      // The event for our own scrolling may come when the list has grown again, so being far from the end
      // proves nothing: only going up does.
      if (isNear) stuck = true;
      else if (outer.scrollTop < top) stuck = false;
      top = outer.scrollTop;
      setAway(!stuck);
    };
    // Runs after layout and before painting: the growing text never jumps.
    const observer = new ResizeObserver(() => {
      if (stuck) toBottom();
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

  return { scroller, content, away, toBottom };
}
