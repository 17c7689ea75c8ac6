import type { Method, Methods } from '../parts.ts';
import { toApiView } from '../view-object.ts';
import { toViewDescription } from '../views.ts';

const open: Method = ({ views, triggers }, args) => {
  const view = toViewDescription(args.json('view'), ['modal']);
  return { view: toApiView(views.open(triggers.exchange(args.text('trigger_id')), view)) };
};

const push: Method = ({ views, triggers }, args) => {
  const view = toViewDescription(args.json('view'), ['modal']);
  return { view: toApiView(views.push(triggers.exchange(args.text('trigger_id')), view)) };
};

const update: Method = ({ views }, args) => {
  const { id, type } = views.find(args.text('view_id') || args.required('external_id'));
  const view = toViewDescription(args.json('view'), [type]);
  return { view: toApiView(views.update(id, view, args.text('hash'))) };
};

const publish: Method = ({ workspace, views }, args) => {
  const { id } = workspace.person(args.text('user_id'));
  const view = toViewDescription(args.json('view'), ['home']);
  return { view: toApiView(views.publish(id, view, args.text('hash'))) };
};

export const viewMethods: Methods = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
