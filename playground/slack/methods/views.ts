import { type Args, toText } from '../args.ts';
import type { Actor } from '../interactivity/invitations.ts';
import { viewFormName } from '../interactivity/place-of.ts';
import { updateView } from '../interactivity/update-view.ts';
import { toViewDescription, type ViewDescription } from '../interactivity/view-description.ts';
import { toApiView } from '../interactivity/view-object.ts';
import type { Method, Methods, Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';

const open: Method = (parts, args, app) => {
  const { user, view } = invited(parts, args, app);
  return { view: toApiView(parts.views.open(user, app.id, view), app) };
};

const push: Method = (parts, args, app) => {
  const { user, view } = invited(parts, args, app);
  return { view: toApiView(parts.views.push(user, app.id, view), app) };
};

const update: Method = (parts, args, app) => {
  const { id, type } = parts.views.find(
    args.text('view_id') || args.required('external_id'),
    app.id,
  );
  const view = toViewDescription(args.json('view'), [type], parts.limits);
  return { view: toApiView(updateView(parts, id, view, args.text('hash')), app) };
};

const publish: Method = ({ workspace, views, forms, limits }, args, app) => {
  const { id } = workspace.person(args.text('user_id'));
  const view = toViewDescription(args.json('view'), ['home'], limits);
  if (!app.manifest.homeTab) throw new Refusal('not_enabled', ['the app has no Home tab']);
  const home = views.publish(id, app.id, view, args.text('hash'));
  forms.forget(viewFormName(home.id));
  return { view: toApiView(home, app) };
};

export const viewMethods: Methods = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};

/** A modal and who gets it. The view is looked at first, so that a broken one costs no trigger. */
function invited({ triggers, limits }: Parts, args: Args, app: InstalledApp) {
  const view = toViewDescription(args.json('view'), ['modal'], limits);
  const id = args.text('trigger_id') ?? args.text('interactivity_pointer');
  const actor = triggers.exchange(id, app);
  return { user: actor.user, view: atHome(view, actor) };
}

/** Menus with `default_to_current_conversation` begin with the channel from which the modal was opened. */
function atHome(view: ViewDescription, { channel }: Actor): ViewDescription {
  if (!channel) return view;
  const blocks = view.blocks.map((block) => {
    const element = block.element as Record<string, unknown> | undefined;
    const wants = block.type === 'input' && element?.default_to_current_conversation === true;
    if (!wants) return block;
    const initial = toText(element.type).startsWith('multi_')
      ? { initial_conversations: [channel] }
      : { initial_conversation: channel };
    return { ...block, element: { ...element, ...initial } };
  });
  return { ...view, blocks };
}
