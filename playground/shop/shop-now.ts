/** Where the sample shop is, and with it the look-alike's @dana. */
const timeZone = 'Europe/Vienna';

/**
 * The moment on the shop's own wall clock, as if that were UTC: the sample data know one day only, and whoever asks for
 * "yesterday" in Vienna late in the evening means another one than UTC does.
 */
export function shopNow(now = new Date()): Date {
  const wall = now.toLocaleString('sv', { timeZone });
  return new Date(`${wall.replace(' ', 'T')}Z`);
}
