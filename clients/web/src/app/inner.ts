// inner: all that is needed only by who goes in. The door comes without it, and fetches it behind.

import '../hud/hud.css';
import '../hud/panel.css';
import '../hud/touch.css';
import '../hud/photo.css';
import '../chat/chat.css';
import '../presence/presence.css';
import '../settings/settings.css';

export { Inside } from '../hud/inside.tsx';
export { enterWorld } from './enter_world.ts';
export { travelBack } from './travel.ts';
