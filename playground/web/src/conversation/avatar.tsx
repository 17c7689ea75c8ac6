import type { CSSProperties } from 'react';
import type { Person } from '../../../slack/control-types.ts';
import { nameOf, useDirectory } from '../workspace/directory.tsx';

/** A picture made from initials and a colour that is always the same for one person; the app has a mark of its own. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const { app } = useDirectory();
  const isApp = person?.id === app.user;
  const style = { '--size': `${size}px`, '--hue': hue(person?.id ?? '') } as CSSProperties;
  return (
    <span className={isApp ? 'avatar app' : 'avatar'} style={style} aria-hidden="true">
      {isApp ? <AppMark /> : initials(nameOf(person))}
    </span>
  );
}

function AppMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <ellipse cx="12" cy="5.5" rx="7" ry="2.8" />
      <path d="M5 5.5v12.8c0 1.6 3.1 2.9 7 2.9s7-1.3 7-2.9V5.5M5 11.9c0 1.6 3.1 2.9 7 2.9s7-1.3 7-2.9" />
    </svg>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

/** Degrees on the colour wheel; steps of the golden angle keep neighbours apart. */
function hue(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return Math.round(sum * 137.5) % 360;
}
