#!/usr/bin/env node
// The `merit` command as a process: its arguments, its exit code, and pipes that close.

import { main } from './main.ts';
import { EXIT } from './usage.ts';

// A reader that closes early (`merit run … | head`) has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
}
process.exitCode = await main(process.argv.slice(2));
