// The service worker that keeps the page's files: only of a build, and only where the browser has such workers.

import { signal } from '@preact/signals';

/** Whether every part of the page is kept here: from then on it works without a network, parts not yet used included. */
export const keptOffline = signal(false);

/** Starts keeping the page's files for use without a network. */
export function keepOffline(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  // one that answers for this page and its workers has kept all files before it began
  const look = () => {
    keptOffline.value = serviceWorker.controller !== null;
  };
  serviceWorker.addEventListener('controllerchange', look);
  look();
  serviceWorker.register(new URL('sw.js', document.baseURI)).catch(() => {
    // without it the page works as long as its server does
  });
}
