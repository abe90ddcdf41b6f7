// Sentences in which the policy's words stand between backticks; those are shown as code, and all of it as plain text.

/** A sentence. */
export function Sentence({ text }: { readonly text: string }) {
  const parts = text.split('`');
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 1 && at < parts.length - 1 ? <code key={`${at} ${part}`}>{part}</code> : part,
      )}
    </>
  );
}

/** Sentences one below the other; nothing where there are none. */
export function Sentences({ texts }: { readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div class="rs-how">
      {texts.map((text, at) => (
        <p key={at}>
          <Sentence text={text} />
        </p>
      ))}
    </div>
  );
}
