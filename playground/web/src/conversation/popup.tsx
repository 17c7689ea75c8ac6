import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';

interface Props {
  /** What it belongs to: it opens beside it, and the focus goes back there. */
  anchor: RefObject<HTMLElement | null>;
  role: 'menu' | 'dialog';
  label: string;
  className: string;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  children: ReactNode;
}

const gapPx = 4;

/** A small window above everything else, open as long as it is mounted. A click elsewhere or Escape asks to close it. */
export function Popup({ anchor, role, label, className, onClose, onKeyDown, children }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useLayoutEffect(() => {
    close.current = onClose;
  });

  useLayoutEffect(() => {
    const shown = popup.current;
    const opener = anchor.current;
    if (!shown || !opener) return;
    shown.showPopover();
    place(shown, opener);
    shown.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true });
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close.current();
    };
    shown.addEventListener('toggle', onToggle);
    return () => {
      shown.removeEventListener('toggle', onToggle);
      // Not when somebody clicked or went elsewhere: then the focus is theirs already.
      if (shown.contains(document.activeElement)) opener.focus({ preventScroll: true });
    };
  }, [anchor]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is a menu's or a dialog's
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have labels
    <div
      ref={popup}
      popover="auto"
      role={role}
      aria-label={label}
      className={`popup ${className}`}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

/** Below the opener, or above it where there is more room; never outside of the window. */
function place(popup: HTMLElement, opener: HTMLElement): void {
  const from = opener.getBoundingClientRect();
  const { width, height } = popup.getBoundingClientRect();
  const below = from.bottom + gapPx;
  const fits = below + height <= window.innerHeight - gapPx;
  const top = fits ? below : Math.max(gapPx, from.top - gapPx - height);
  const left = Math.min(from.right - width, window.innerWidth - gapPx - width);
  popup.style.top = `${Math.min(top, Math.max(gapPx, window.innerHeight - gapPx - height))}px`;
  popup.style.left = `${Math.max(gapPx, left)}px`;
}
