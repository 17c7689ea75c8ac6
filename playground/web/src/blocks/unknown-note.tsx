/** Stands where the app put something that this page can't draw. */
export function UnknownNote({ what }: { what: string }) {
  return <span className="unknown">This page does not show the {what}.</span>;
}
