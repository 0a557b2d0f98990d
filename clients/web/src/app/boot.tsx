import './base.css';
import '../entry/entry.css';
import '../hud/hud.css';
import '../chat/chat.css';
import '../presence/presence.css';
import { createRoot } from 'react-dom/client';
import { installDebug } from '../debug/install_debug.ts';
import { App } from './app.tsx';
import { readPlace } from './place.ts';
import { loadStage } from './stage_loader.ts';
import { travelBack } from './travel.ts';
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
  const isElsewhere = visit.kind === 'inside' && place && place.world !== visit.place.world;
  if (isElsewhere && (await travelBack(place, visit.client))) return;
  goToDoor();
};

// The door paints first; the world comes behind it. Whoever enters sooner waits for the same promise,
// and hears of its failure there.
const loadBehind = (): void => {
  const ignore = (): undefined => undefined;
  requestAnimationFrame(() =>
    setTimeout(() => {
      loadWire().catch(ignore);
      loadStage().catch(ignore);
    }),
  );
};

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
goToDoor();
addEventListener('popstate', () => void goToAddress());
installDebug();
createRoot(root).render(<App />);
loadBehind();
