import { ENTITY_FLAG, type FluxClient, POSE, type Profile } from '@flux/sdk';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SceneHandle } from '../app/scene_contract.ts';
import { hudStore } from '../hud/hud_store.ts';
import { Icon } from '../hud/icon.tsx';
import { PanelFrame } from '../hud/panel_frame.tsx';
import { useWords } from '../language/use_words.ts';
import { matchesName } from './matches_name.ts';
import { type Neighbour, nearestPeople } from './neighbours.ts';
import { Portrait } from './portrait.tsx';
import { presenceStore } from './presence_store.ts';

const REFRESH_MS = 1000;
const SHOWN_MAX = 50;
const SEARCHED_MAX = 1000;

interface PeoplePanelProps {
  readonly client: FluxClient;
  readonly scene: SceneHandle | null;
}

interface Person extends Neighbour {
  readonly profile: Profile | undefined;
  readonly isHandRaised: boolean;
}

/** How many people are here, and who is nearest; by name when one looks for somebody. */
export const PeoplePanel = ({ client, scene }: PeoplePanelProps) => {
  const { people: words } = useWords();
  const [query, setQuery] = useState('');
  const count = useStore(presenceStore, (presence) => presence.people);
  const people = usePeople(client, scene, query);
  const own = client.profile(client.self);
  const more = count - 1 - people.length;
  const isAlone = count <= 1;
  return (
    <PanelFrame title={words.title} className="people-panel">
      <p className="hint">{words.count(count)}</p>
      {!isAlone && (
        <label className="search">
          <Icon name="search" />
          <span className="hidden">{words.search}</span>
          <input
            type="search"
            value={query}
            placeholder={words.searchHint}
            onChange={({ target }) => setQuery(target.value)}
          />
        </label>
      )}
      <ul>
        {query === '' && (
          <li>
            {own && <Portrait look={own.look} />}
            <span className="name">
              {own?.name ?? words.you}
              <span className="hint">{words.you}</span>
            </span>
          </li>
        )}
        {people.map((person) => (
          <PersonRow key={person.id} person={person} scene={scene} />
        ))}
      </ul>
      {isAlone && (
        <div className="nobody">
          <Icon name="people" />
          <strong>{words.alone}</strong>
          <p className="hint">{words.aloneHint}</p>
        </div>
      )}
      {query !== '' && people.length === 0 && <p className="hint">{words.none(query)}</p>}
      {query === '' && more > 0 && <p className="hint">{words.more(more)}</p>}
    </PanelFrame>
  );
};

interface PersonRowProps {
  readonly person: Person;
  readonly scene: SceneHandle | null;
}

const PersonRow = ({ person, scene }: PersonRowProps) => {
  const { people: words } = useWords();
  const { id, distance, profile, isHandRaised } = person;
  const isFollowed = useStore(hudStore, (hud) => hud.following === id);
  const name = profile?.name ?? words.unknown;
  return (
    <li>
      {profile ? <Portrait look={profile.look} /> : <span className="portrait unknown" />}
      <span className="name">
        {name}
        <span className="hint">{words.distance(Math.round(distance))}</span>
      </span>
      {isHandRaised && (
        <span className="hand-up">
          <Icon name="hand" />
          <span className="hidden">{words.handRaised}</span>
        </span>
      )}
      <button
        type="button"
        className="tool"
        aria-label={words.findOne(name)}
        data-hint={words.find}
        disabled={!scene}
        onClick={() => scene?.find(id)}
      >
        <Icon name="find" />
      </button>
      <button
        type="button"
        className="tool"
        aria-pressed={isFollowed}
        aria-label={isFollowed ? words.unfollowOne(name) : words.followOne(name)}
        data-hint={words.follow}
        disabled={!scene}
        onClick={() => scene?.follow(isFollowed ? null : id)}
      >
        <Icon name="follow" />
      </button>
    </li>
  );
};

const usePeople = (
  client: FluxClient,
  scene: SceneHandle | null,
  query: string,
): readonly Person[] => {
  const [people, setPeople] = useState<readonly Person[]>([]);
  useEffect(() => {
    const update = (): void => setPeople(findPeople(client, scene, query));
    update();
    const timer = setInterval(update, REFRESH_MS);
    const stop = client.on('profiles', update);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [client, scene, query]);
  return people;
};

const findPeople = (
  client: FluxClient,
  scene: SceneHandle | null,
  query: string,
): readonly Person[] => {
  const from = scene?.self() ?? client.welcome?.place ?? { x: 0, z: 0 };
  const most = query === '' ? SHOWN_MAX : SEARCHED_MAX;
  const people = nearestPeople(client.picture, client.self, from, most).map((neighbour) => ({
    ...neighbour,
    profile: client.profile(neighbour.id),
    isHandRaised: isHandRaised(client, neighbour),
  }));
  if (query === '') return people;
  return people
    .filter(({ profile }) => profile && matchesName(profile.name, query))
    .slice(0, SHOWN_MAX);
};

const isHandRaised = ({ picture }: FluxClient, { id }: Neighbour): boolean => {
  const row = picture.find(id);
  return (
    picture.pose[row] === POSE.hand || ((picture.flags[row] ?? 0) & ENTITY_FLAG.handRaised) !== 0
  );
};
