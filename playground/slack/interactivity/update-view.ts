import type { Parts } from '../parts.ts';
import { viewFormName } from './place-of.ts';
import type { ViewDescription } from './view-description.ts';
import type { StoredView } from './views.ts';

/** Replaces a view's content; what was put in stays where its ids stayed. @throws Refusal `not_found`, `hash_conflict`, … */
export function updateView(
  { views, forms }: Pick<Parts, 'views' | 'forms'>,
  id: string,
  description: ViewDescription,
  hash?: string,
): StoredView {
  const view = views.update(id, description, hash);
  forms.keepOnly(viewFormName(id), view.blocks);
  return view;
}
