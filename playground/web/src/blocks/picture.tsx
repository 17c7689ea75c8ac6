import { Link } from './link.tsx';
import { field, stringField } from './text-object.ts';

/** A picture that was uploaded here; one from elsewhere becomes a link, since the page loads nothing from other servers. */
export function Picture({ image, className }: { image: unknown; className?: string }) {
  const id = fileId(field(image, 'slack_file'));
  const alt = stringField(image, 'alt_text') ?? '';
  if (id) {
    const address = `/control/file?id=${encodeURIComponent(id)}`;
    return <img className={className} src={address} alt={alt} loading="lazy" />;
  }
  return (
    <span className="remote-picture">
      <Link href={stringField(image, 'image_url')}>{alt || 'Image'}</Link>
    </span>
  );
}

/** The file's id, which stands in its addresses as well: `https://…/files/F1/chart.png`. */
export function fileId(slackFile: unknown): string | undefined {
  const id = stringField(slackFile, 'id');
  return id ?? /\/(F\w+)(?=[/?#]|$)/.exec(stringField(slackFile, 'url') ?? '')?.[1];
}
