import type { View } from '../../../slack/control-types.ts';
import { Modal } from './modal.tsx';

/** The person's open modals, lowest first. The topmost one shows; those below keep what was put into them. */
export function Modals({ views }: { views: View[] }) {
  return views.map((view, index) => (
    <Modal key={view.id} view={view} isTop={index === views.length - 1} />
  ));
}
