// The whole check of the project, as `npm test` runs it: format and lint, types, build, and every test. What is skipped
// is named, and the last line counts: `N passed, N failed, N skipped`.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules/.bin', name);
const counts = { passed: 0, failed: 0, skipped: 0 };

/** One tool, counted as one test. */
function step(title, command, args) {
  console.log(`\n> ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  counts[status === 0 ? 'passed' : 'failed'] += 1;
}

step('format and lint', bin('biome'), ['check', '--error-on-warnings', '.']);
step('types', bin('tsc'), ['-p', '.']);
step('types of the playground', bin('tsc'), ['-p', 'playground']);
step('build', process.execPath, ['scripts/build.mjs']);

console.log('\n> tests');
const folder = mkdtempSync(join(tmpdir(), 'merit-test-'));
const report = join(folder, 'report.json');
const args = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const tests = spawnSync(bin('vitest'), args, { cwd: root, stdio: 'inherit' });
try {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const skipped = [];
  for (const file of testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0) counts.failed += 1;
    for (const each of file.assertionResults) {
      if (each.status === 'passed') counts.passed += 1;
      else if (each.status === 'failed') counts.failed += 1;
      else skipped.push(each.fullName);
    }
  }
  counts.skipped += skipped.length;
  for (const name of skipped) console.log(`skipped: ${name}`);
  if (tests.status !== 0 && counts.failed === 0) counts.failed += 1;
} catch (error) {
  console.error(`the tests left no report: ${error.message}`);
  counts.failed += 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const { passed, failed, skipped } = counts;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
