// Keeps the files of this build, so that the page opens and works without a network. BUILD and FILES are filled in when
// the page is built. Nothing of another host is ever asked for, and nothing of the user's is kept here.

const BUILD = 'BUILD';
const FILES = ['FILES'];
// other builds may be kept by the same server under other paths: their stores aren't ours
const OWN = `merit-playground ${self.registration.scope} `;
const STORE = `${OWN}${BUILD}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(STORE)
      .then((store) => store.addAll(FILES.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      // a page of the build before may still be open, and load its parts from there: that one store stays
      .then((names) =>
        Promise.all(
          othersOf(names)
            .slice(0, -1)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

/** Stores of builds before this one, oldest first. */
function othersOf(names) {
  return names.filter((name) => name.startsWith(OWN) && name !== STORE);
}

/** The kept file. What isn't kept comes from the server: other pages may stand below this one. */
async function answer(request) {
  for (const name of [STORE, ...othersOf(await caches.keys())]) {
    const found = await caches.match(request, { cacheName: name, ignoreSearch: true });
    if (found) return found;
  }
  return fetch(request);
}
