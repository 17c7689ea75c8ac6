import { useEffect, useState } from 'react';
import { stateOf } from './state-of.ts';

const retryMs = 1_000;

/** The id of the wanted person, or of the first one there is: another playground may have other people. Undefined at first. */
export function usePerson(wanted: string | undefined): string | undefined {
  const [person, setPerson] = useState<string>();
  useEffect(() => {
    const left = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const find = async () => {
      try {
        setPerson(await findPerson(wanted, left.signal));
      } catch {
        if (!left.signal.aborted) timer = setTimeout(find, retryMs);
      }
    };
    void find();
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [wanted]);
  return person;
}

async function findPerson(wanted: string | undefined, signal: AbortSignal): Promise<string> {
  const { people } = await stateOf(undefined, signal);
  const choices = people.filter(({ is_bot, deleted }) => !is_bot && !deleted);
  const found = choices.find(({ id }) => id === wanted) ?? choices[0];
  if (!found) throw new Error('There is nobody to be.');
  return found.id;
}
