import type { AppInfo } from '../../../slack/control-types.ts';
import type { Connection } from './use-workspace.ts';

/** Says that the page may show old news, or which apps will not answer. Nothing when all is well. */
export function ConnectionBanner({
  connection,
  apps,
}: {
  connection: Connection;
  apps: AppInfo[];
}) {
  if (connection === 'lost') {
    return (
      <p className="banner lost" role="alert">
        Connection lost. Trying to get back…
      </p>
    );
  }
  const sentence = absence(apps);
  if (!sentence) return null;
  return (
    <p className="banner" role="status">
      {sentence}
    </p>
  );
}

/** `connector and helper are not connected. What they miss is tried again for five minutes.` Undefined when all can be reached. */
export function absence(apps: AppInfo[]): string | undefined {
  const away = apps.filter(({ installed, online }) => installed && !online);
  if (away.length === 0) return undefined;
  const names = new Intl.ListFormat('en').format(away.map(({ name }) => name));
  return away.length === 1
    ? `${names} is not connected. What it misses is tried again for five minutes.`
    : `${names} are not connected. What they miss is tried again for five minutes.`;
}
