// A process that closes a period, for tests that kill it: `close-child FOLDER PERIOD FILE`.

import { closePeriod } from '../../src/node-ledger.ts';
import { closing } from './shop.ts';

const [folder, period, file] = process.argv.slice(2) as [string, string, string];
const request = await closing(folder, period, file);
process.stdout.write('go\n');
const { value, diagnostics } = await closePeriod(request);
process.stdout.write(value ? 'closed\n' : `${diagnostics.map(({ code }) => code).join(' ')}\n`);
