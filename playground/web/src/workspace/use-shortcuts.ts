import { useEffect, useRef } from 'react';

export interface Shortcuts {
  /** Escape. */
  onClose: () => void;
  /** Alt + ↑ or ↓: the channel above (-1) or below (1). */
  onStep: (by: 1 | -1) => void;
  /** Alt + I. */
  onInspect: () => void;
}

/** Slack's keys for getting around. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, code, altKey } = event;
      const isOverlayOpen = document.querySelector('dialog[open], :popover-open') !== null;
      if (key === 'Escape' && !isOverlayOpen) latest.current.onClose();
      // By the key's place: with Alt some keyboards write another letter.
      const isInspect = code === 'KeyI' && !event.ctrlKey && !event.metaKey;
      if (!altKey || (key !== 'ArrowUp' && key !== 'ArrowDown' && !isInspect)) return;
      event.preventDefault();
      if (isInspect) latest.current.onInspect();
      else latest.current.onStep(key === 'ArrowDown' ? 1 : -1);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
