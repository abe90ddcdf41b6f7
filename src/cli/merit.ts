#!/usr/bin/env node
// The `merit` command as a process: its arguments, its exit code, and pipes that close.

import { isMainThread, workerData } from 'node:worker_threads';
import { main } from './main.ts';
import { complain } from './output.ts';
import { EXIT } from './usage.ts';

// A reader that closes early (`merit run … | head`) has seen enough; what is wrong stays wrong, so the exit code is the
// command's own. Input isn't waited for any more.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      process.stdin.emit('end'); // to readline, which takes no notice of a stream that is destroyed
      process.stdin.destroy();
      return;
    }
    if (stream === process.stdout) complain(`the output can't be written: ${error.code ?? error.message}`);
    process.exit(EXIT.usage);
  });
}
// A worker of `merit test --mutate` or `merit lsp` that is started from this same file has its work to do, and no command.
async function start(): Promise<void> {
  if (isMainThread || workerData?.merit === undefined) process.exitCode = await main(process.argv.slice(2));
  else if (workerData.merit === 'background') await import('../node-editor.ts');
  else await import('../node.ts');
}

void start();
