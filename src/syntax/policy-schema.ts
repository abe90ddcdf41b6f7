// The JSON Schema of the YAML form, from shape.ts: which keys stand where, and which values are texts, maps and
// lists. What a phrase says inside a text is the grammar's to judge.

import { type Clause, type DeclarationShape, type Part, SHAPES } from './shape.ts';
import { docOf } from './shape-docs.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A scalar: editors read `yes`, `5` and `0.10` as values of other types than text. */
const SCALAR: Schema = { type: ['string', 'number', 'boolean'] };
/** A name or title: `title: 2026` is one too. */
const TEXT: Schema = { ...SCALAR, minLength: 1 };
const DOC: Schema = { ...SCALAR, description: 'what it is, for its readers' };

/** The JSON Schema of `.merit.yaml` files. */
export function policySchema(): object {
  const sections = SHAPES.filter((shape) => shape.word !== 'policy').map((shape) => [
    shape.key,
    section(shape),
  ]);
  const policy = SHAPES.find((shape) => shape.word === 'policy')!;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit policy',
    type: 'object',
    additionalProperties: false,
    properties: {
      policy: { ...TEXT, description: docOf(policy) },
      doc: DOC,
      ...Object.fromEntries(policy.clauses.map((clause) => [clause.key, ofClause(clause)])),
      ...Object.fromEntries(sections),
    },
  };
}

function section(shape: DeclarationShape): Schema {
  const properties = {
    doc: DOC,
    ...Object.fromEntries(shape.clauses.map((clause) => [clause.key, ofClause(clause)])),
  };
  const required = shape.clauses.flatMap((clause) => (clause.required === true ? [clause.key] : []));
  const full = {
    type: 'object',
    additionalProperties: false,
    properties,
    ...(required.length > 0 && { required }),
  };
  const short = shape.clauses.find((clause) => clause.key === shape.short);
  const one =
    short === undefined ? full : { anyOf: [ofClause(short), short.form === 'field' ? spelt(full) : full] };
  if (shape.listed === true) return { description: docOf(shape), ...oneOrMany(one) };
  return { description: docOf(shape), ...(shape.named ? mapOf(one) : one) };
}

/** Fields may stand without a map of their own: `fields` spells them out if it is a map, but no field's own. */
function spelt(full: Schema): Schema {
  const { fields } = full.properties as Readonly<Record<string, Schema>>;
  const properties = { ...(full.properties as object), fields: { ...fields, not: { required: ['type'] } } };
  return { ...full, properties, required: ['fields'] };
}

function ofClause(clause: Clause): Schema {
  return { description: docOf(clause), ...values(clause) };
}

function values(clause: Clause): Schema {
  const value = ofValue(clause);
  switch (clause.form) {
    case 'head':
    case 'bare':
      return value;
    case 'group':
      return oneOrMany(mapOf(clause.lines!.named ? mapOf(SCALAR) : oneOrMany(SCALAR)));
    case 'line':
      return clause.many === true ? oneOrMany(value) : value;
    case 'named':
      return mapOf(oneOrMany(value));
    case 'field':
    case 'computed':
    case 'block':
    case 'entry':
      return mapOf(value);
    default:
      return clause.form satisfies never;
  }
}

function ofValue(clause: Clause): Schema {
  const short = ofPart(clause);
  if (clause.parts === undefined) return short;
  const properties = Object.fromEntries(
    clause.parts.map((part) => [
      part.key,
      { description: docOf(part), ...(part.many === true ? oneOrMany(ofPart(part)) : ofPart(part)) },
    ]),
  );
  const required = clause.parts.flatMap((part) => (part.required === true ? [part.key] : []));
  const full = {
    type: 'object',
    additionalProperties: false,
    properties: { ...properties, ...(clause.described === true && { doc: DOC }) },
    required,
  };
  return { anyOf: [short, full] };
}

const WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['category', ['outcome', 'operational']],
  ['better', ['higher', 'lower']],
  ['curveMode', ['linear', 'steps']],
  ['ratesMode', ['marginal', 'whole']],
]);

function ofPart(part: Part): Schema {
  if (part.phrase === 'flag') return { enum: [true, false, 'true', 'false'] };
  if (part.phrase === 'label' || part.phrase === 'grain') return TEXT;
  const words = WORDS.get(part.phrase);
  return words === undefined ? SCALAR : { enum: words };
}

function mapOf(value: Schema): Schema {
  return { type: 'object', additionalProperties: value };
}

function oneOrMany(value: Schema): Schema {
  return { anyOf: [value, { type: 'array', items: value }] };
}
