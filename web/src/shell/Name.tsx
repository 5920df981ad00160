/**
 * A name that somebody gave: of a model, a file, a puzzle set, a task, a solver. Whichever way its letters run, the words beside
 * it stay where they are.
 */
export function Name({ children }: { readonly children: string }) {
  return <bdi>{children}</bdi>;
}

/** Several of them, with commas between. */
export function Names({ of }: { readonly of: readonly string[] }) {
  return (
    <>
      {of.map((name, i) => (
        <span key={name}>
          {i > 0 && ', '}
          <Name>{name}</Name>
        </span>
      ))}
    </>
  );
}
