import type { EmoteName, EntityId, FluxClient } from '@flux/sdk';
import { useStore } from 'zustand';
import type { SceneHandle } from '../app/scene_contract.ts';
import { closePanel, hudStore } from '../hud/hud_store.ts';
import { Icon } from '../hud/icon.tsx';
import { PanelFrame } from '../hud/panel_frame.tsx';
import { useWords } from '../language/use_words.ts';
import { Portrait } from './portrait.tsx';
import { useProfile } from './use_profile.ts';

interface PersonPanelProps {
  readonly client: FluxClient;
  readonly scene: SceneHandle | null;
  readonly id: EntityId;
  readonly onEmote: (name: EmoteName) => void;
}

/** Whom one clicked: who they are, and what one can do about it. */
export const PersonPanel = ({ client, scene, id, onEmote }: PersonPanelProps) => {
  const { people: words, emote } = useWords();
  const profile = useProfile(client, id);
  const following = useStore(hudStore, (hud) => hud.following);
  const name = profile?.name ?? words.unknown;
  const isFollowed = following === id;
  const then = (act: () => void) => () => {
    act();
    closePanel();
  };
  return (
    <PanelFrame title={name} className="person-panel">
      <div className="person-head">
        {profile && <Portrait look={profile.look} />}
        <div className="actions">
          <button type="button" onClick={then(() => onEmote('wave'))}>
            <Icon name="wave" />
            {emote.wave}
          </button>
          <button
            type="button"
            aria-pressed={isFollowed}
            aria-label={isFollowed ? words.unfollowOne(name) : words.followOne(name)}
            disabled={!scene}
            onClick={then(() => scene?.follow(isFollowed ? null : id))}
          >
            <Icon name="follow" />
            {words.follow}
          </button>
        </div>
      </div>
    </PanelFrame>
  );
};
