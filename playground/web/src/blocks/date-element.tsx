import { useState } from 'react';
import { useDirectory } from '../workspace/directory.tsx';
import { ControlNotes } from './control-notes.tsx';
import type { ElementProps } from './element.tsx';
import { useFieldProps } from './input-field.ts';
import { field, stringField } from './text-object.ts';
import { useControl } from './use-control.ts';
import { toSeconds, toWallTime } from './zoned-time.ts';

/** While a year is being typed, the browser gives one with zeros in front. */
const unfinished = /^0/;

/** A date, a time of day, or both in the person's time zone. */
export function DateElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const { timeZone } = useDirectory();
  const [typing, setTyping] = useState<string>();
  const type = stringField(element, 'type');
  const held = typeof control.value === 'string' ? control.value : null;
  const both = type === 'datetimepicker';
  const kind = both ? 'datetime-local' : type === 'timepicker' ? 'time' : 'date';
  const shown = both ? toWallTime(held, timeZone) : (held ?? '');
  const label = { date: 'Date', time: 'Time', 'datetime-local': 'Date and time' }[kind];
  return (
    <>
      <input
        {...useFieldProps(label)}
        className="text-input date"
        type={kind}
        value={typing ?? shown}
        aria-busy={control.busy}
        data-focus-on-load={field(element, 'focus_on_load') || undefined}
        onChange={({ target: { value } }) => {
          if (kind !== 'time' && unfinished.test(value)) return setTyping(value);
          setTyping(undefined);
          return control.pick((both ? toSeconds(value, timeZone) : value) || null);
        }}
        onBlur={() => setTyping(undefined)}
      />
      <ControlNotes control={control} />
    </>
  );
}
