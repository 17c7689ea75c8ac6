import { expect, it } from 'vitest';
import {
  type Place,
  toggledInspector,
  toHash,
  toPlace,
} from '../../../playground/web/src/workspace/place.ts';

it.each<Place>([
  {},
  { me: 'U1' },
  { me: 'U1', channel: 'D1' },
  { me: 'U1', channel: 'D1', tab: 'home' },
  { channel: 'D1', tab: 'about', inspector: 'open' },
  { me: 'W1AB', channel: 'C1', thread: '1700000000.000100' },
])('%j survives a reload', (place) => {
  expect(toPlace(toHash(place))).toEqual(place);
});

it.each([
  '',
  '#',
  '#me=&channel=',
  '#me=<script>',
  '#channel=../x',
  '#thread=now',
  '#tab=messages&inspector=closed',
  '#%E0%A4%A',
  `#me=${'x'.repeat(100_000)}`,
])('leaves out what is no place: %.20s', (hash) => {
  expect(toPlace(hash)).toEqual({});
});

it('opens and closes the inspector where one is', () => {
  const opened = toggledInspector({ me: 'U1', channel: 'C1' });
  expect(opened).toEqual({ me: 'U1', channel: 'C1', inspector: 'open' });
  expect(toggledInspector(opened)).toEqual({ me: 'U1', channel: 'C1' });
});
