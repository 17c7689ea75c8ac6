import { useState } from 'react';

const saidForMs = 2_000;

/** A word on how something came out, and what says it: it stands for two seconds. */
export function useSaid(): [said: string | undefined, say: (words: string) => void] {
  const [said, setSaid] = useState<string>();
  const say = (words: string) => {
    setSaid(words);
    setTimeout(() => setSaid(undefined), saidForMs);
  };
  return [said, say];
}
