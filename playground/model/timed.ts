import { says } from './script.ts';
import type { Pace, Piece } from './turn.ts';

/** How the measured model writes: first characters at 600 ms, then 4 every 20 ms. */
export const measuredPace: Pace = { firstTokenMs: 600, charsPerTick: 4, tickMs: 20 };

const sentence =
  'The shop sold a little more this week than in the week before, mostly lamps and tents. ';

/** An answer of 599 characters. */
export const measuredAnswer = sentence
  .repeat(7)
  .slice(0, 598)
  .trimEnd()
  .padEnd(598, 's')
  .concat('.');

/** The same answer to every request. */
export const timedTurn = (text = measuredAnswer): Piece => says(text);
