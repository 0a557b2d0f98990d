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
import { readPlace } from './place.ts';
import { prefetchArt } from './prefetch_art.ts';
import { loadStage } from './stage_loader.ts';
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

const prepareFor = async (world: string): Promise<void> => {
  const [{ prepareScene }, document] = await Promise.all([loadStage(), loadWorld(world)]);
  await isIdle();
  if (visitStore.getState().visit.kind === 'entry') prepareScene(document);
};

// The door paints first and has the network for itself; the world comes behind it. Whoever enters sooner
// waits for the same promises, and hears of their failure there.
const loadBehind = async (): Promise<void> => {
  await isPainted();
  const place = readPlace(new URL(location.href));
  const code = [loadInner(), loadWire(), loadStage()];
  await Promise.allSettled([...code, place && prefetchArt(place.world)]);
  if (place) await prepareFor(place.world).catch(() => undefined);
  await isIdle();
  knowAllLetters();
  keepForNextTime();
};

const start = async (): Promise<void> => {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root.');
  goToDoor();
  addEventListener('popstate', () => void goToAddress());
  installDebug();
  const { language } = settingsStore.getState();
  if (language !== 'en') knowAllLetters();
  // Without its words, as where the network was just lost, a door in English is better than none.
  await loadCatalogue(language).catch(() => undefined);
  createRoot(root).render(<App />);
  void loadBehind();
};

void start();
