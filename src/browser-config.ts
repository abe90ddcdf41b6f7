// The door for configuration files: which file of a project holds which rows, and how it is written.

export { parseConfig, type RunConfig, type SourceConfig } from './syntax/parse-config.ts';
