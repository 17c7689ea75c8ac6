import { useEffect, useState } from 'react';

/** How long each one shows. */
const shownForMs = 3_000;

/** One of the texts after the other, over and over; undefined when there are none. */
export function useRotation(texts: string[]): string | undefined {
  const [turn, setTurn] = useState(0);
  const count = texts.length;
  useEffect(() => {
    if (count < 2) return;
    const timer = setInterval(() => setTurn((turn) => turn + 1), shownForMs);
    return () => clearInterval(timer);
  }, [count]);
  return texts[turn % Math.max(1, count)];
}
