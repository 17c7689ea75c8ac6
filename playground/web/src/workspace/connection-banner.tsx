import type { Connection } from './use-workspace.ts';

/** Says that the page may show old news, or that nobody will answer. Nothing when all is well. */
export function ConnectionBanner({
  connection,
  app,
}: {
  connection: Connection;
  app: { name: string; online: boolean };
}) {
  if (connection === 'lost') {
    return (
      <p className="banner lost" role="alert">
        Connection lost. Trying to get back…
      </p>
    );
  }
  if (app.online) return null;
  return (
    <p className="banner" role="status">
      {app.name} is not connected. Messages wait until it is.
    </p>
  );
}
