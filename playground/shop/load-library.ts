import { libraryRows } from './library-rows.ts';
import { loadSample, type SampleTarget } from './sample.ts';

/** Makes the sample library beside the shop, to show that nothing was written for the shop alone. */
export const loadLibrary = (
  target: SampleTarget,
  { database = 'library', ...options }: { today: Date; seed?: number; database?: string },
): Promise<void> => loadSample(target, database, libraryRows(options));
