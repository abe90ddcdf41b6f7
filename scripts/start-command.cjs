#!/usr/bin/env node
// `merit` as it is installed, cli/merit.js: runs the command's bundle with the compiled code that the build has kept beside
// it, so that Node needn't compile it again. Without that code, or with another version of Node, the bundle is compiled.

'use strict';

const { closeSync, fstatSync, openSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

// The build puts the name of its bundle here; it says the content, so that no code of another bundle is ever taken.
const bundle = join(__dirname, 'BUNDLE.cjs');
const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle, cachedData: compiled() });
script.runInThisContext()(require, __filename);

/** The code beside the bundle; nothing where anybody could have written it. */
function compiled() {
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
