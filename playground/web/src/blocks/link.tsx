import type { ReactNode } from 'react';
import { safeUrl } from './safe-url.ts';

/** A link that opens beside the page; an address that no browser should follow stays text. */
export function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const url = safeUrl(href);
  if (!url) return <span>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}
