import type { FluxClient } from '@flux/sdk';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SceneHandle } from '../app/scene_contract.ts';
import { PanelFrame } from '../hud/panel_frame.tsx';
import { useWords } from '../language/use_words.ts';
import { type Neighbour, nearestPeople } from './neighbours.ts';
import { presenceStore } from './presence_store.ts';

const REFRESH_MS = 1000;
const SHOWN_MAX = 50;

interface PeoplePanelProps {
  readonly client: FluxClient;
  readonly scene: SceneHandle | null;
}

/** How many people are here, and who is nearest. */
export const PeoplePanel = ({ client, scene }: PeoplePanelProps) => {
  const { people: words } = useWords();
  const count = useStore(presenceStore, (presence) => presence.people);
  const neighbours = useNeighbours(client, scene);
  const more = count - 1 - neighbours.length;
  return (
    <PanelFrame title={words.title} className="people-panel">
      <p>{words.count(count)}</p>
      {neighbours.length === 0 && <p className="hint">{words.alone}</p>}
      <ul>
        <li>
          <span className="name">{client.profile(client.self)?.name ?? words.you}</span>
          <span className="hint">{words.you}</span>
        </li>
        {neighbours.map(({ id, distance }) => {
          const name = client.profile(id)?.name ?? words.unknown;
          return (
            <li key={id}>
              <span className="name">{name}</span>
              <span className="hint">{words.distance(Math.round(distance))}</span>
              <button
                type="button"
                className="quiet"
                aria-label={words.findOne(name)}
                disabled={!scene}
                onClick={() => scene?.find(id)}
              >
                {words.find}
              </button>
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className="hint">{words.more(more)}</p>}
    </PanelFrame>
  );
};

const useNeighbours = (client: FluxClient, scene: SceneHandle | null): readonly Neighbour[] => {
  const [neighbours, setNeighbours] = useState<readonly Neighbour[]>([]);
  useEffect(() => {
    const update = (): void => {
      const from = scene?.self() ?? client.welcome?.place ?? { x: 0, z: 0 };
      setNeighbours(nearestPeople(client.picture, client.self, from, SHOWN_MAX));
    };
    update();
    const timer = setInterval(update, REFRESH_MS);
    const stop = client.on('profiles', update);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [client, scene]);
  return neighbours;
};
