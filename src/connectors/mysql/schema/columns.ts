import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import type { Product } from '../guard/pure-functions.ts';
import { type ColumnRow, toShown } from './schema.ts';

/** A column as describe_table shows it. */
export const column = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  default: z.string().nullable(),
  key: z.string().optional(),
  extra: z.string().optional(),
  generated: z.string().optional(),
  comment: z.string().optional(),
});

/** Shows a column the same way, whichever product described it. */
export function toColumn(row: ColumnRow, product: Product['product']): z.input<typeof column> {
  const { name, type, nullable, key, generated, comment } = row;
  const extra = row.extra.replace(/\bDEFAULT_GENERATED\b */, '').trim();
  return {
    name: toShown(name),
    type,
    nullable,
    default: toDefault(row, product),
    ...(key && { key }),
    ...(extra && { extra: outsideText(extra, 100) }),
    ...(generated && { generated: outsideText(generated, 200) }),
    ...(comment && { comment }),
  };
}

/** MariaDB writes a default as SQL; MySQL writes texts without their quotes, and expressions with a remark in `extra`. */
function toDefault(row: ColumnRow, product: Product['product']): string | null {
  const { default: value, type, extra } = row;
  if (value === null || (product === 'MariaDB' && value === 'NULL')) return null;
  const isSql =
    product === 'MariaDB' || /DEFAULT_GENERATED/.test(extra) || numeric.test(type.toLowerCase());
  return outsideText(isSql ? value : `'${value.replace(/[\\']/g, '\\$&')}'`, 200);
}

const numeric = /^(?:(?:tiny|small|medium|big)?int|decimal|numeric|float|double|real|bit|year)\b/;
