// Messages of the engine, which put the user's words in backticks.

/** A message with the user's words set apart. */
export function WithNames({ text }: { readonly text: string }) {
  const parts = text.split('`');
  // an odd sign out is one of the user's own
  if (parts.length % 2 === 0) return <>{text}</>;
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          <code key={at} class="code-name">
            {part}
          </code>
        ),
      )}
    </>
  );
}
