#!/usr/bin/env node
// `merit` as it is installed, cli/merit.js: runs the command's bundle with the compiled code that the build has kept beside
// it, so that Node needn't compile it again. Without that code, or with another version of Node, the bundle is compiled.
// A policy that is only checked has a small bundle of its own.

'use strict';

const { closeSync, fstatSync, openSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

// The build puts the names of its bundles here; they say the content, so that no code of another bundle is ever taken.
const command = 'COMMAND';
const check = 'CHECK';

if (process.argv[2] === 'check' && check !== '') checkFirst();
else load(command);

async function checkFirst() {
  const done = await load(check).quickCheck(process.argv.slice(2));
  if (!done) load(command);
}

/** Runs a bundle, and gives what it exports. */
function load(name) {
  const bundle = join(__dirname, `${name}.cjs`);
  const script = new Script(readFileSync(bundle, 'latin1'), {
    filename: bundle,
    cachedData: compiled(bundle),
  });
  return script.runInThisContext()(require, __filename);
}

/** The code beside a bundle; nothing where anybody could have written it. */
function compiled(bundle) {
  try {
    const file = openSync(`${bundle}.cache`, 'r');
    try {
      return (fstatSync(file).mode & 0o002) === 0 ? readFileSync(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
