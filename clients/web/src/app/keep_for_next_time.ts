const HERE = `${location.origin}/`;

/**
 * Lets public/sw.js keep what was fetched, so that the next visit starts from here and a lost network
 * shows the door instead of the browser's own page. Nothing depends on it.
 */
export const keepForNextTime = (): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const isFirstVisit = !navigator.serviceWorker.controller;
  navigator.serviceWorker
    .register('/sw.js')
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => {
      if (isFirstVisit) tellWhatCame(registration);
    })
    .catch(() => undefined); // as in a private window
};

// What came before the worker did went past it: it is told, and takes it from the browser's own cache.
const tellWhatCame = ({ active }: ServiceWorkerRegistration): void => {
  const tell = (entries: PerformanceEntryList): void => {
    const ours = entries.map(({ name }) => name).filter((url) => url.startsWith(HERE));
    active?.postMessage({ keep: ours });
  };
  const observer = new PerformanceObserver((list) => tell(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });
};
