import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from './installed-app.ts';
import { changePerson } from './person-life.ts';

/** Takes an app out of the workspace: the last that it hears. From then on its tokens are refused. @throws Refusal `app_not_installed`. */
export function uninstallApp(parts: Parts, app: InstalledApp): void {
  if (!app.installed) throw new Refusal('app_not_installed');
  parts.announcer.toApp(app, { type: 'tokens_revoked', tokens: { oauth: [], bot: [app.user] } });
  parts.announcer.toApp(app, { type: 'app_uninstalled' });
  app.installed = false;
  parts.views.closeOf(app.id);
  changePerson(parts, parts.workspace.person(app.user), { deleted: true });
}

/** Brings it back, where it was and with its old tokens, so that a program that knows them goes on. @throws Refusal `already_installed`. */
export function reinstallApp(parts: Parts, app: InstalledApp): void {
  if (app.installed) throw new Refusal('already_installed');
  app.installed = true;
  changePerson(parts, parts.workspace.person(app.user), { deleted: false });
}
