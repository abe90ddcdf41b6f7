#!/usr/bin/env node
// The `merit` command as a process: its arguments and its exit code.

import { isMainThread, workerData } from 'node:worker_threads';
import { main } from './main.ts';
import { mindClosedPipes } from './pipes.ts';

mindClosedPipes();
// A worker of `merit test --mutate` or `merit lsp` that is started from this same file has its work to do, and no command.
async function start(): Promise<void> {
  if (isMainThread || workerData?.merit === undefined) process.exitCode = await main(process.argv.slice(2));
  else if (workerData.merit === 'background') await import('../node-editor.ts');
  else await import('../node.ts');
}

void start();
