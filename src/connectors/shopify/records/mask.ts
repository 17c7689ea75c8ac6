/** What Shopify protects as customer data, and secrets of the shop. Names of customers are shown. */
export type MaskKind = 'email' | 'phone' | 'address' | 'secret';

/** The value so that a person who knows it recognises it, and nobody else learns it. */
export function mask(kind: MaskKind, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => mask(kind, part));
  if (value === null || value === undefined || value === '') return value;
  const text = String(value);
  if (kind === 'email') return maskEmail(text);
  if (kind === 'phone') return `***${text.slice(-2)}`;
  return '***';
}

function maskEmail(text: string): string {
  const at = text.lastIndexOf('@');
  return at > 0 ? `${text.charAt(0)}***${text.slice(at)}` : '***';
}
