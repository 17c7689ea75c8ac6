import { isRecord, toText } from '../args.ts';
import type { SubmitRequest } from '../control-types.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { InstalledApp } from '../workspace/installed-app.ts';
import { actingPerson, deliverInteraction, interaction, triggerOf } from './deliver-interaction.ts';
import { heldIn } from './element-values.ts';
import { elementsOf } from './form-elements.ts';
import { fillIn, valueIn } from './form-state.ts';
import { inputFaults } from './input-faults.ts';
import { filledView, viewForm } from './place-of.ts';
import { updateView } from './update-view.ts';
import { toViewDescription } from './view-description.ts';
import type { StoredView } from './views.ts';

/**
 * Somebody submits a modal. Returns the sentences of a refused input by `block_id`.
 *
 * @throws Refusal `not_found`, `operation_timeout`, `dispatch_failed`, or what is wrong with the app's answer; the modal stays open.
 */
export async function submit(
  parts: Parts,
  request: SubmitRequest,
): Promise<Record<string, string> | undefined> {
  const { views, apps, limits } = parts;
  const person = actingPerson(parts, request.user);
  const view = views.find(request.view_id);
  if (view.user !== person.id || view.type !== 'modal') throw new Refusal('not_found');
  const app = apps.byId(view.app_id);
  const form = viewForm(view);
  fillIn(parts, form, request.values);
  const faults = inputFaults(
    view.blocks,
    (block, element) => valueIn(parts, form, { block, element }),
    limits,
  );
  views.showErrors(view.id, faults ?? {});
  if (faults) return faults;
  shareFiles(parts, app, view);
  const answer = await deliverInteraction(app, 'interactive', 'view_submission', {
    ...interaction('view_submission', person),
    api_app_id: app.id,
    ...triggerOf(parts, person, app),
    view: filledView(parts, app, view),
    response_urls: responseUrlsOf(parts, app, view),
  });
  // The app may have changed the view meanwhile, or the person closed it.
  return follow(parts, app, views.find(view.id), answer);
}

/** Does what the app answered to a submission. An answer that Slack cannot follow shows "We had some trouble connecting". */
function follow(parts: Parts, app: InstalledApp, view: StoredView, answer: unknown) {
  const { views, limits } = parts;
  const { response_action: action, ...rest } = isRecord(answer) ? answer : {};
  if (action === undefined || action === null) return void views.close(view.id);
  if (action === 'clear') return void views.close(view.id, { all: true });
  if (action === 'errors') {
    const errors = readErrors(view, rest.errors);
    views.showErrors(view.id, errors);
    return errors;
  }
  const description = () => toViewDescription(rest.view, ['modal'], limits);
  if (action === 'update') return void updateView(parts, view.id, description());
  if (action === 'push') return void views.push(view.user, app.id, description());
  throw new Refusal('invalid_response_action', [
    `response_action is one of errors, clear, update, push, not ${toText(action)}`,
  ]);
}

/** @throws Refusal `invalid_errors` unless there is a sentence for at least one input block, and for nothing else. */
function readErrors(view: StoredView, value: unknown): Record<string, string> {
  const errors = isRecord(value) ? Object.entries(value) : [];
  if (errors.length === 0) throw new Refusal('invalid_errors', ['errors name no block']);
  const inputs = view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
  for (const [block_id, sentence] of errors) {
    if (!inputs.includes(block_id))
      throw new Refusal('invalid_errors', [`${block_id} is no input block of this view`]);
    if (typeof sentence !== 'string' || sentence === '')
      throw new Refusal('invalid_errors', [`the error of ${block_id} is no sentence`]);
  }
  return Object.fromEntries(errors) as Record<string, string>;
}

/** What somebody hands to an app in a form, the app may read. */
function shareFiles(parts: Parts, app: InstalledApp, view: StoredView): void {
  for (const one of elementsOf(view.blocks).filter(({ element }) => element.type === 'file_input'))
    for (const file of [heldIn(valueIn(parts, viewForm(view), one))].flat())
      if (isRecord(file)) parts.files.letRead(toText(file.id), app.id);
}

/** An address for each conversation that was picked in a menu with `response_url_enabled`. */
function responseUrlsOf(parts: Parts, app: InstalledApp, view: StoredView) {
  return elementsOf(view.blocks).flatMap((one) => {
    const { block, element } = one;
    if (block.type !== 'input' || element.response_url_enabled !== true) return [];
    const channel = heldIn(valueIn(parts, viewForm(view), one));
    if (typeof channel !== 'string') return [];
    const response_url = parts.responseUrls.create({ app, user: view.user, channel });
    return [
      { block_id: block.block_id, action_id: element.action_id, channel_id: channel, response_url },
    ];
  });
}
