import { Refusal } from '../refusal.ts';
import { InstalledApp, type InstalledAppOptions } from './installed-app.ts';
import type { Manifest } from './manifest.ts';
import type { Workspace } from './workspace.ts';

type AppDefaults = Omit<InstalledAppOptions, 'manifest' | 'suffix' | 'index' | 'onChange'>;

/** Every app of the workspace, in the order in which they were installed. */
export class Apps {
  readonly #workspace: Workspace;
  readonly #defaults: AppDefaults;
  readonly #apps: InstalledApp[] = [];

  constructor(workspace: Workspace, defaults: AppDefaults) {
    this.#workspace = workspace;
    this.#defaults = defaults;
  }

  /** Installs an app: its bot user joins the channels that apps are in, and everybody has a DM with it. */
  install(manifest: Manifest): InstalledApp {
    const app = new InstalledApp({
      ...this.#defaults,
      manifest,
      suffix: this.#freeSuffix(manifest.name),
      index: this.#apps.length,
      onChange: () => this.#workspace.tell({ type: 'app', app: app.info() }),
    });
    this.#apps.push(app);
    this.#workspace.welcomeApp(app.user, manifest.name);
    this.#workspace.tell({ type: 'app', app: app.info() });
    return app;
  }

  list(): readonly InstalledApp[] {
    return this.#apps;
  }

  /** The one that is meant where nothing says which. @throws Refusal `app_not_found` when there is none. */
  get first(): InstalledApp {
    const [first] = this.#apps;
    if (!first) throw new Refusal('app_not_found');
    return first;
  }

  /** By `A…` id; without one: the first. @throws Refusal `app_not_found`. */
  byId(id: string | undefined): InstalledApp {
    if (id === undefined) return this.first;
    const found = this.#apps.find((app) => app.id === id);
    if (!found) throw new Refusal('app_not_found', [`there is no app ${id}`]);
    return found;
  }

  byUser(user: string): InstalledApp | undefined {
    return this.#apps.find((app) => app.user === user);
  }

  byToken(token: string): { app: InstalledApp; kind: 'bot' | 'app' } | undefined {
    for (const app of this.#apps) {
      if (token === app.tokens.bot) return { app, kind: 'bot' };
      if (token === app.tokens.app) return { app, kind: 'app' };
    }
    return undefined;
  }

  close(): void {
    for (const app of this.#apps) app.close();
  }

  /** Ids are readable in tests and the same in every run: `U0CONNECTOR`. */
  #freeSuffix(name: string): string {
    const base =
      name
        .replace(/[^a-z0-9]/gi, '')
        .toUpperCase()
        .slice(0, 9) || 'APP';
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? base : `${base}${number}`;
      if (!this.#workspace.people.has(`U0${suffix}`)) return suffix;
    }
  }
}
