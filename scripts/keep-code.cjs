// Runs the command's bundle over examples and keeps the compiled code of what ran: `node keep-code.cjs BUNDLE POLICY…`.

'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

const [bundle, ...policies] = process.argv.slice(2);
// What has run stays compiled until it is kept; the flag is as before then, since code fits one set of flags only.
setFlagsFromString('--no-flush-bytecode');
const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle });
const next = () => {
  const policy = policies.shift();
  if (policy === undefined) return;
  process.argv = [process.execPath, bundle, 'check', policy];
  const { quickCheck } = script.runInThisContext()(createRequire(bundle), bundle);
  if (quickCheck) void quickCheck(process.argv.slice(2));
};
process.on('beforeExit', next);
process.on('exit', () => {
  setFlagsFromString('--flush-bytecode');
  writeFileSync(`${bundle}.cache`, script.createCachedData(), { mode: 0o644 });
});
next();
