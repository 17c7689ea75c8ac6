import { useContext, useRef, useState } from 'react';
import { control } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import { type ChoiceGroup, optionsOf } from './options.ts';
import { PlaceContext } from './place-context.ts';
import { field, stringField } from './text-object.ts';
import { useDebounced } from './use-debounced.ts';

const restMs = 250;
/** Slack's, when the app names no number. */
const defaultMinimum = 3;

/** What the app offers in an external menu for what is typed; `note` says why there is nothing. */
export function useSuggestions(element: unknown, blockId = '') {
  const place = useContext(PlaceContext);
  const { me } = useDirectory();
  const [groups, setGroups] = useState<ChoiceGroup[]>([]);
  const [note, setNote] = useState('');
  const latest = useRef(0);
  const minimum = Number(field(element, 'min_query_length') ?? defaultMinimum);

  const load = useDebounced(async (value: string) => {
    if (!place || !me) return;
    const turn = ++latest.current;
    const answer = await control.suggest({
      user: me.id,
      ...place,
      action_id: stringField(element, 'action_id') ?? '',
      block_id: blockId,
      value,
    });
    // An answer that was overtaken by a later one is out of date.
    if (turn !== latest.current) return;
    setGroups(answer.ok ? optionsOf(answer) : []);
    setNote(answer.ok ? 'No matches' : answer.message);
  }, restMs);

  const ask = (typed: string) => {
    latest.current++;
    setGroups([]);
    if (typed.length < minimum) {
      return setNote(`Type at least ${minimum} ${minimum === 1 ? 'character' : 'characters'}`);
    }
    setNote('Loading…');
    load(typed);
  };
  return { groups, note, ask };
}
