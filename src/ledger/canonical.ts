// Plain data as one text: equal data gives equal text, whoever wrote it and in whatever order of keys. What is hashed is
// this text, so a hash can be worked out again by any program that sorts keys.

/** The data as JSON without spaces, keys in the order of their letters; what is undefined isn't there. */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const record = value as Readonly<Record<string, unknown>>;
  const pairs = keysOf(record).map((key) => `${JSON.stringify(key)}:${canonicalText(record[key])}`);
  return `{${pairs.join(',')}}`;
}

/** The same text in pieces: the results of many people are more than one string may hold. */
export function* canonicalParts(value: unknown): Iterable<string> {
  if (Array.isArray(value)) {
    yield '[';
    for (const [index, each] of value.entries()) {
      if (index > 0) yield ',';
      yield canonicalText(each);
    }
    yield ']';
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>;
    yield '{';
    for (const [index, key] of keysOf(record).entries()) {
      yield `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
      yield* canonicalParts(record[key]);
    }
    yield '}';
  } else yield canonicalText(value);
}

function keysOf(record: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort();
}
