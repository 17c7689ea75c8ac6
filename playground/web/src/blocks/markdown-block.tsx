import { memo, useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useDirectory } from '../workspace/directory.tsx';
import { boundDepth } from './bound-depth.ts';
import { Link } from './link.tsx';
import { remarkSlack } from './remark-slack.ts';
import { safeUrl } from './safe-url.ts';

/** Standard Markdown as Slack's `markdown` block shows it: tables with borders and alignment, no HTML, images as links. */
export const MarkdownBlock = memo(({ text }: { text: string }) => {
  const directory = useDirectory();
  const plugins = useMemo(() => [remarkGfm, remarkSlack(directory)], [directory]);
  return (
    <div className="markdown">
      <Markdown remarkPlugins={plugins} components={components} urlTransform={keepSafe}>
        {boundDepth(text)}
      </Markdown>
    </div>
  );
});

const keepSafe = (url: string) => safeUrl(url) ?? '';

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <Link href={String(src)}>{alt || String(src)}</Link>,
  table: ({ children }) => (
    <div className="table-scroll">
      <table>{children}</table>
    </div>
  ),
};
