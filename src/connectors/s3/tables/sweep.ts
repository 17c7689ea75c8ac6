import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So much waste is let lie, in bytes. */
const most = 8_000_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let waste = 0;

/**
 * Is told how many bytes of buffers were dropped, and has them freed once they are many. V8 lets 64 MB of them lie before it
 * looks, since they are not on its heap.
 */
export function sweep(dropped: number): void {
  waste += dropped;
  if (waste < most) return;
  waste = 0;
  collect();
}
