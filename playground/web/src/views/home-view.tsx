import { useMemo } from 'react';
import type { AppInfo, View } from '../../../slack/control-types.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { PlaceContext } from '../blocks/place-context.ts';

/** An app's Home tab for the person who looks. */
export function HomeView({ view, app }: { view: View | undefined; app: AppInfo }) {
  const id = view?.id ?? '';
  const place = useMemo(() => ({ view_id: id }), [id]);
  if (!view) {
    return <p className="home-empty">{app.name} has not put anything here yet.</p>;
  }
  return (
    <div className="home-view">
      <PlaceContext value={place}>
        <Blocks blocks={view.blocks} />
      </PlaceContext>
    </div>
  );
}
