import { z } from 'zod';

/** Arguments that several tools have, worded once. */
export const databaseArgument = z
  .string()
  .max(64)
  .optional()
  .describe('Default: the configured one');

export const tableArgument = z.string().min(1).max(140).describe('A name, or database.name');
