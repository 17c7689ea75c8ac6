import { memo } from 'react';
import { useDirectory } from '../workspace/directory.tsx';
import { factsOf, signs } from './entry-facts.ts';
import type { Entry } from './inspection-log.ts';
import { placeName } from './place-name.ts';

interface Props {
  entry: Entry;
  isSelected: boolean;
  onSelect: (key: string) => void;
}

/** One line of the traffic; its name opens it. */
export const TrafficRow = memo(({ entry, isSelected, onSelect }: Props) => {
  const directory = useDirectory();
  const { apps, timeZone } = directory;
  const { app_id, name, outcome, result, took, channel, words } = factsOf(entry);
  const isCall = entry.type === 'call';
  const app = apps.find(({ id }) => id === app_id)?.name ?? app_id ?? 'unknown';
  const place = channel && placeName(channel, directory);
  return (
    <tr
      className={`${entry.type} ${outcome}${isSelected ? ' selected' : ''}`}
      onClick={() => onSelect(entry.key)}
    >
      <td className="time">{clock(entry.at, timeZone)}</td>
      <td className="app">
        <span role="img" aria-label={isCall ? 'from' : 'to'}>
          {isCall ? '→' : '←'}
        </span>{' '}
        {app}
      </td>
      <td className="name">
        <button type="button" aria-pressed={isSelected}>
          {name}
        </button>
      </td>
      <td className="what">
        {place && <b>{place}</b>} {words?.slice(0, 120)}
      </td>
      <td className={`outcome ${outcome}`}>
        <span aria-hidden="true">{signs[outcome]}</span> {result}
      </td>
      <td className="took">{took === undefined ? '' : inMs(took)}</td>
    </tr>
  );
});

/** `0.4 ms`, `12 ms`, `3.2 s` */
export function inMs(ms: number): string {
  if (ms >= 10_000) return `${Math.round(ms / 1000)} s`;
  if (ms >= 1_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `09:41:07.123` */
function clock(ms: number, timeZone: string): string {
  const format =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      timeZone,
    });
  clocks.set(timeZone, format);
  return format.format(ms);
}
