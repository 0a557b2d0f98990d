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
import { visitStore } from './visit_store.ts';
import { loadWire } from './wire.ts';

const goToAddress = (): void => {
  const { visit } = visitStore.getState();
  if (visit.kind === 'inside') {
    visit.client.leave();
  }
  visitStore.setState({ visit: { kind: 'entry', place: readPlace(new URL(location.href)) } });
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
goToAddress();
addEventListener('popstate', goToAddress);
installDebug();
createRoot(root).render(<App />);
loadBehind();
