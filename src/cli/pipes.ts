// What becomes of a command whose output nobody takes any more.

import { complain } from './output.ts';
import { EXIT, refusal } from './usage.ts';

/**
 * A reader that closes early (`merit run … | head`) has seen enough; what is wrong stays wrong, so the exit code is the
 * command's own. Input isn't waited for any more.
 */
export function mindClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        process.stdin.emit('end'); // to readline, which takes no notice of a stream that is destroyed
        process.stdin.destroy();
        return;
      }
      if (stream === process.stdout) complain(`the output can't be written: ${refusal(error)}`);
      process.exit(EXIT.usage);
    });
  }
}
