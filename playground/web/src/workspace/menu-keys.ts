import type { KeyboardEvent } from 'react';

/** The keys of a `role="menu"`: ↑, ↓, Home and End move among its items. Give it to the menu's `onKeyDown`. */
export function onMenuKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const targets: Record<string, HTMLElement | undefined> = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items.at((at < 0 ? 0 : at) - 1),
    Home: items[0],
    End: items.at(-1),
  };
  const target = targets[event.key];
  if (!target) return;
  event.preventDefault();
  // Alt + ↑ and ↓ would step to another channel.
  event.stopPropagation();
  target.focus();
}
