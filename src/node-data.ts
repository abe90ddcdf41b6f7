// Which source a run has for each name that its policy reads: what the caller gives, else what the project's configuration
// names.

import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checked, Diagnostic } from './base/diagnostic.ts';
import { optionalSources } from './input/absence-fields.ts';
import { type FileFormat, formatOf } from './input/formats.ts';
import type { DatabaseRef, Dialect, SourceSpec } from './model/dataset.ts';
import type { Model } from './model/policy.ts';
import { givenTable, sharedOf, tableSource } from './node-database.ts';
import { failed, fault, good, notAFile, unknownFormat, unknownName } from './node-messages.ts';
import { CONFIG_FILE, fileInside, type Project } from './node-project.ts';
import type { SourceConfig } from './syntax/parse-config.ts';

/** Where a run's data comes from, beside the project's configuration. */
export interface DataOptions {
  /** Files by `person`, event or table; they win over the configuration's file and keep its columns and dialect. */
  readonly data?: ReadonlyMap<string, string>;
  /** Where the configuration's paths start from, instead of the project's folder; they can't leave it. */
  readonly dataFolder?: string;
  /** Versions that may hand something on to the policy: data that only they read is bound where it is given. */
  readonly versions?: readonly Model[];
}

/** The names that a run of the policy needs data for. */
export function dataNames(model: Model): readonly string[] {
  return ['person', ...model.events.map((event) => event.name), ...model.tables.map((table) => table.name)];
}

/** The names that a run of the policy may have data for, those that only its other versions read too. */
export function namesAmong(model: Model, versions: readonly Model[] = []): readonly string[] {
  return [
    ...new Set([
      ...dataNames(model),
      ...optionalSources(model),
      ...versions.flatMap((each) => dataNames(each)),
    ]),
  ];
}

/** A source for each name that the policy needs or may have data for. Errors: no source, a file outside the folder or not a file. */
export async function bindData(
  project: Project,
  model: Model,
  { data = new Map(), dataFolder, versions = [] }: DataOptions = {},
): Promise<Checked<readonly SourceSpec[]>> {
  const needed = dataNames(model);
  const names = namesAmong(model, versions);
  const sources: SourceSpec[] = [];
  const diagnostics: Diagnostic[] = [];
  const take = ({ value, diagnostics: found }: Checked<SourceSpec | undefined>) => {
    if (value) sources.push(value);
    diagnostics.push(...found);
  };
  for (const name of [...data.keys()].filter((each) => !names.includes(each))) {
    diagnostics.push(unknownName(name, names));
  }
  const configured = project.config?.value.sources ?? [];
  const found = await configuredDatabase(project, dataFolder ?? project.folder);
  diagnostics.push(...found.diagnostics);
  const database = found.value;
  for (const each of configured.filter((source) => !names.includes(source.name))) {
    diagnostics.push(unknownName(each.name, names, each.span));
  }
  for (const name of names) {
    const settings = configured.find((source) => source.name === name);
    const path = data.get(name);
    const given = path === undefined ? undefined : givenTable(path, database);
    if (given) take(await tableSource(name, given, settings));
    else if (path !== undefined) take(await givenSource(name, path, settings));
    else if (settings?.isTable)
      take(
        await tableSource(
          name,
          { table: settings.file, database: database ?? { kind: 'postgres' } },
          settings,
        ),
      );
    else if (settings) take(await configuredSource(settings, dataFolder ?? project.folder));
    else if (needed.includes(name)) diagnostics.push(noData(name));
  }
  return { value: sources, diagnostics };
}

/** The database that the configuration names. */
async function configuredDatabase(
  { config }: Project,
  folder: string,
): Promise<Checked<DatabaseRef | undefined>> {
  const database = config?.value.database;
  if (!database) return good(undefined);
  if ('variable' in database) return good({ kind: 'postgres', variable: database.variable });
  const { path: file, span } = database.file;
  const { value: path, diagnostics } = await fileInside(folder, file, { span, help: 'put the file there' });
  return { value: path === undefined ? undefined : { kind: 'duckdb', path }, diagnostics };
}

async function givenSource(
  name: string,
  path: string,
  settings: SourceConfig | undefined,
): Promise<Checked<SourceSpec | undefined>> {
  const format = formatOf(path);
  if (!format) return failed(unknownFormat(path));
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return failed(notAFile(path, found !== undefined));
  return good(specOf({ name, file: path, path: await realpath(path), format, settings }));
}

async function configuredSource(
  settings: SourceConfig,
  folder: string,
): Promise<Checked<SourceSpec | undefined>> {
  const { name, file, fileSpan } = settings;
  const format = settings.format ? { format: settings.format } : formatOf(file);
  if (!format) return failed(unknownFormat(file, fileSpan));
  const help = 'a file elsewhere is given on the command line: `--data NAME=FILE`';
  const { value: path, diagnostics } = await fileInside(folder, file, { span: fileSpan, help });
  if (path === undefined) return { value: undefined, diagnostics };
  return good(specOf({ name, file: join(folder, file), path, format, settings }));
}

interface Found {
  readonly name: string;
  /** As messages call it, and where it really lies. */
  readonly file: string;
  readonly path: string;
  readonly format: FileFormat;
  readonly settings: SourceConfig | undefined;
}

function specOf({ name, file, path, format: { format, delimiter }, settings }: Found): SourceSpec {
  const shared = sharedOf(settings);
  const dialect: Dialect = { ...(delimiter !== undefined && { delimiter }), ...shared.dialect };
  return { name, file, format, content: { kind: 'file', path }, ...shared, dialect };
}

function noData(name: string): Diagnostic {
  const help = name === 'person' ? 'write `--people people.csv`' : `write \`--data ${name}=${name}.csv\``;
  return fault('M2057', `there is no data for \`${name}\``, {
    help: `${help}, or name the file in \`${CONFIG_FILE}\``,
  });
}
