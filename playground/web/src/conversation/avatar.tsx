import type { CSSProperties } from 'react';
import type { Person } from '../../../slack/control-types.ts';
import { nameOf, useDirectory } from '../workspace/directory.tsx';

/** A picture made from initials and a colour that is always the same for one person or app. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const { apps } = useDirectory();
  const isApp = apps.some(({ user }) => user === person?.id);
  const style = { '--size': `${size}px`, '--hue': hue(person?.id ?? '') } as CSSProperties;
  return (
    <span className={isApp ? 'avatar app' : 'avatar'} style={style} aria-hidden="true">
      {initials(nameOf(person))}
    </span>
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
