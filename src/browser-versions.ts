// The door for pages whose files may be several versions of a policy: which holds when, and what it goes on from. A page
// loads it when there are several files.

export { openingFor } from './openings.ts';
export { testsOfVersions } from './prove/run-tests.ts';
export { betweenVersions, compileAmong, versionFor, versionsAmong } from './versions.ts';
