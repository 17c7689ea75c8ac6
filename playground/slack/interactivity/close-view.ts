import type { CloseViewRequest } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { deliverInteraction, interaction } from './deliver-interaction.ts';
import { filledView } from './place-of.ts';

/**
 * Somebody closes a modal by its button, or with all below it by its cross. The app hears of those that asked for it.
 *
 * @throws Refusal `not_found`.
 */
export function closeView(parts: Parts, { user, view_id, all = false }: CloseViewRequest): void {
  const { views, apps, workspace } = parts;
  const view = views.find(view_id);
  if (view.user !== user || view.type !== 'modal') throw new Refusal('not_found');
  const is_cleared = all || view.clear_on_close;
  const app = apps.byId(view.app_id);
  for (const closed of views.close(view.id, { all: is_cleared }))
    if (closed.notify_on_close)
      void deliverInteraction(app, 'interactive', 'view_closed', {
        ...interaction('view_closed', workspace.person(user)),
        api_app_id: app.id,
        view: filledView(parts, app, closed),
        is_cleared,
        // Nobody waits for the answer; that none came stands in the log of deliveries.
      }).catch(() => {});
}
