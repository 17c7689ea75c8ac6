import { useEffect, useRef } from 'react';

export interface Shortcuts {
  /** Escape. */
  onClose: () => void;
  /** Alt + ↑ or ↓: the channel above (-1) or below (1). */
  onStep: (by: 1 | -1) => void;
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
      const { key, altKey } = event;
      const isOverlayOpen = document.querySelector('dialog[open], :popover-open') !== null;
      if (key === 'Escape' && !isOverlayOpen) latest.current.onClose();
      if (!altKey || (key !== 'ArrowUp' && key !== 'ArrowDown')) return;
      event.preventDefault();
      latest.current.onStep(key === 'ArrowDown' ? 1 : -1);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
