import type { CloseReason, FluxClient } from '@flux/sdk';
import { addChat, addNote, refuseChat } from '../chat/chat_actions.ts';
import { chatStore } from '../chat/chat_store.ts';
import { connectionStore } from '../hud/connection_store.ts';
import { toast } from '../hud/toast_store.ts';
import { words } from '../language/words.ts';
import { Arrivals } from '../presence/arrivals.ts';
import { presenceStore } from '../presence/presence_store.ts';
import type { Place } from './place.ts';
import type { SceneHandle } from './scene_contract.ts';
import { visitStore } from './visit_store.ts';

/** Carries what the client tells into the stores, until the connection is closed for good. */
export const watchClient = (client: FluxClient, place: Place): void => {
  const arrivals = new Arrivals(client);
  chatStore.setState(chatStore.getInitialState());
  presenceStore.setState({ people: client.people });
  connectionStore.setState({ state: client.state });
  const retry = (): void => client.retryNow();
  addEventListener('online', retry);
  const ticking = setInterval(() => arrivals.update(), 2000);

  client.on('state', (state) => {
    const before = connectionStore.getState().state;
    connectionStore.setState({ state });
    if (state.kind === 'closed') {
      clearInterval(ticking);
      removeEventListener('online', retry);
      close(client, place, state.reason);
    } else if (state.kind === 'online' && before.kind === 'reconnecting') {
      arrivals.reset();
    }
  });
  client.on('welcome', ({ resumed }) => {
    if (client.counters.reconnects === 0) return;
    toast(resumed ? words().connection.back : words().connection.backElsewhere);
  });
  client.on('presence', ({ people }) => presenceStore.setState({ people }));
  client.on('chat', (chat) => {
    const isOwn = chat.id === client.self;
    addChat(chat, isOwn);
    sceneOf(client)?.setBubble(chat.id, chat.text);
    if (!isOwn) sceneOf(client)?.playCue('chat');
  });
  client.on('emote', ({ id, emote }) => {
    if (id === client.self) return;
    const name = client.profile(id)?.name ?? words().chat.someone;
    addNote(words().chat.emoted(name, words().emote[emote]));
  });
  client.on('profiles', ({ profiles }) => {
    for (const { id, name } of profiles) sceneOf(client)?.setProfileName(id, name);
    arrivals.update();
  });
  client.on('refused', ({ about, code, message }) => {
    if (about === 'chat') refuseChat(code, message);
    else if (about === 'emote' && code === 'RATE_LIMITED') toast(words().emote.rateLimited);
  });
  client.on('drain', () => toast(words().connection.draining));
  arrivals.onArrived = (name) => {
    addNote(words().chat.arrived(name));
    sceneOf(client)?.playCue('join');
  };
  arrivals.onDeparted = (name) => addNote(words().chat.departed(name));
};

const sceneOf = (client: FluxClient): SceneHandle | null => {
  const { visit } = visitStore.getState();
  return visit.kind === 'inside' && visit.client === client ? visit.scene : null;
};

// Who travels is in the next world before this one is left: then there is nothing to show.
const close = (client: FluxClient, place: Place, reason: CloseReason): void => {
  const { visit } = visitStore.getState();
  if (visit.kind !== 'inside' || visit.client !== client) return;
  visitStore.setState({ visit: { kind: 'gone', place, reason } });
};
