/** What went wrong, in one sentence beside the control it is about; nothing when there is nothing. */
export function Problem({ children }: { children: string | undefined }) {
  if (!children) return null;
  return (
    <span className="problem" role="alert">
      {children}
    </span>
  );
}
