import { z } from 'zod';
import type { ObjectFacts } from './client/list-page.ts';

/** An object in a list. */
export const objectItem = z.looseObject({ key: z.string(), size: z.number() });

/** What a list tells of an object. The usual storage class goes without saying. */
export const toItem = ({ key, size, modified, storageClass }: ObjectFacts) => ({
  key,
  size,
  modified: toMoment(modified),
  ...(storageClass !== 'STANDARD' && { storage_class: storageClass }),
});

/** S3 knows seconds only. */
export const toMoment = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;
