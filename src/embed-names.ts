// The types that programs name, of either door.

export type { Checked, DataPlace, Diagnostic } from './base/diagnostic.ts';
export type { Progress } from './base/limits.ts';
export type { Source } from './base/source.ts';
export type {
  CompileLimits,
  DataOf,
  DiffQuestion,
  EmbedLimits,
  ExplainQuestion,
  OverData,
  SeekQuestion,
  Waiting,
} from './embed.ts';
export type {
  Data,
  DataSource,
  ReadData,
  RowOptions,
  Rows,
  SourceOptions,
  TextOptions,
} from './embed-data.ts';
export type {
  DateCell,
  DatetimeCell,
  DecimalLike,
  NumberCell,
  PolicyTypes,
  TextCell,
  TruthCell,
  TypedKpi,
  TypedResult,
  TypedRole,
  TypedStatement,
} from './embed-types.ts';
export type { ArrowTable } from './input/given-arrow.ts';
export type { PolicyDiff } from './model/diff.ts';
export type { Explanation } from './model/explanation.ts';
export type { Model } from './model/policy.ts';
export type { Result } from './model/result.ts';
export type { SeekAnswer } from './model/seek.ts';
