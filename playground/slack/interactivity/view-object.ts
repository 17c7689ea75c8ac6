import type { InstalledApp } from '../workspace/installed-app.ts';
import { team } from '../workspace/people.ts';
import type { StoredView } from './views.ts';

/** A view as Slack's API and payloads give it. `values`: what a person put in. */
export function toApiView(
  view: StoredView,
  app: InstalledApp,
  values: Record<string, Record<string, unknown>> = {},
): Record<string, unknown> {
  const { user: _user, errors: _errors, external_id, title, submit, close, ...rest } = view;
  return {
    ...rest,
    title: title ?? null,
    submit: submit ?? null,
    close: close ?? null,
    previous_view_id: view.previous_view_id ?? null,
    external_id: external_id ?? '',
    team_id: team.id,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.bot_id,
    state: { values },
  };
}
