import './base.css';
import '../entry/entry.css';
import { createRoot } from 'react-dom/client';
import { installDebug } from '../debug/install_debug.ts';
import { loadCatalogue } from '../language/catalogue.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { loadWorld } from './api.ts';
import { App } from './app.tsx';
import { loadInner } from './inner_loader.ts';
import { keepForNextTime } from './keep_for_next_time.ts';
import { knowAllLetters } from './letters.ts';
import { type Place, readPlace } from './place.ts';
import { prefetchArt } from './prefetch_art.ts';
import { fetchStage, loadStage } from './stage_loader.ts';
import { visitStore } from './visit_store.ts';
import { loadWire } from './wire.ts';

const goToDoor = (): void => {
  const { visit } = visitStore.getState();
  visitStore.setState({ visit: { kind: 'entry', place: readPlace(new URL(location.href)) } });
  if (visit.kind === 'inside') visit.client.leave();
};

// Who is inside goes from world to world with the browser's back and forward; others stand at the door.
const goToAddress = async (): Promise<void> => {
  const { visit } = visitStore.getState();
  const place = readPlace(new URL(location.href));
  if (visit.kind === 'inside' && place && place.world !== visit.place.world) {
    const { travelBack } = await loadInner();
    if (await travelBack(place, visit.client)) return;
  }
  goToDoor();
};

const UNSEEN_MS = 1500; // a page in the background is not painted, and may load all the same

const isPainted = (): Promise<unknown> =>
  new Promise((resolve) => {
    const observer = new PerformanceObserver((paints) => {
      if (paints.getEntriesByName('first-contentful-paint').length > 0) resolve(null);
    });
    observer.observe({ type: 'paint', buffered: true });
    setTimeout(resolve, UNSEEN_MS);
  });

const IDLE_MS = 2000;

/** Whoever is on their way in comes first. Safari has no idle callbacks. */
const isIdle = (): Promise<unknown> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve);
    else setTimeout(resolve, IDLE_MS);
  });

const LINGER_MS = 5000; // who has not gone in by then reads the door

/** Nobody is on their way in: one stands in the world, or has stayed at the door. */
const isSettled = (): Promise<unknown> =>
  new Promise((resolve) => {
    const stop = visitStore.subscribe(({ visit }) => {
      if (visit.kind !== 'inside' || !visit.scene) return;
      stop();
      resolve(null);
    });
    setTimeout(resolve, LINGER_MS);
  });

const prepareFor = async (world: string): Promise<void> => {
  const [{ prepareScene }, document] = await Promise.all([loadStage(), loadWorld(world)]);
  await isIdle();
  if (visitStore.getState().visit.kind === 'entry') prepareScene(document);
};

// The door's own files are here when this begins: while its code runs and it is painted, the line would lie
// idle. Bytes only: code that nobody needs yet is not run before the door is seen.
const fetchBehind = (place: Place | null): Promise<unknown> =>
  Promise.allSettled([fetchStage(), loadWire(), place && prefetchArt(place.world)]);

// Whoever enters sooner waits for the same promises, and hears of their failure there.
const loadBehind = async (): Promise<void> => {
  const place = readPlace(new URL(location.href));
  const bytes = fetchBehind(place);
  const settled = isSettled();
  await isPainted();
  await Promise.allSettled([loadInner(), loadStage(), bytes]);
  if (place) await prepareFor(place.world).catch(() => undefined);
  await settled;
  await isIdle();
  knowAllLetters();
  keepForNextTime();
};

const start = async (): Promise<void> => {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root.');
  void loadBehind();
  goToDoor();
  addEventListener('popstate', () => void goToAddress());
  installDebug();
  const { language } = settingsStore.getState();
  if (language !== 'en') knowAllLetters();
  // Without its words, as where the network was just lost, a door in English is better than none.
  await loadCatalogue(language).catch(() => undefined);
  createRoot(root).render(<App />);
};

void start();
