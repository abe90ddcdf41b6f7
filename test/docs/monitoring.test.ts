// The commands of docs/monitoring.md, on the evening of the day that it names.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { testCommands } from './page-commands.ts';

const FILES = ['deals', 'calls', 'meetings', 'requests', 'surveys'];

/** Leaves out rows whose first day is later. */
function untilTheEvening(folder: string): void {
  for (const name of FILES) {
    const file = join(folder, `sales/data/${name}.csv`);
    const [heading, ...rows] = readFileSync(file, 'utf8').split('\n');
    const kept = rows.filter((row) => (/\d{4}-\d{2}-\d{2}/.exec(row)?.[0] ?? '') <= '2026-12-14');
    writeFileSync(file, [heading, ...kept].join('\n'));
  }
}

describe('the page about monitoring', () => testCommands('monitoring.md', 4, untilTheEvening));
