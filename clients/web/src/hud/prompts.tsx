import type { FluxClient } from '@flux/sdk';
import { useStore } from 'zustand';
import type { SceneHandle } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { useProfile } from '../presence/use_profile.ts';
import { hudStore } from './hud_store.ts';
import { Icon } from './icon.tsx';
import { useIsSitting } from './tools.tsx';

interface PromptsProps {
  readonly client: FluxClient;
  readonly scene: SceneHandle | null;
  readonly isTouch: boolean;
}

/** What one could do here and now, and what one is at: said where the eye already is. */
export const Prompts = ({ client, scene, isTouch }: PromptsProps) => {
  const { hud: words } = useWords();
  const isSeatNear = useStore(hudStore, (hud) => hud.isSeatNear);
  const isHandRaised = useStore(hudStore, (hud) => hud.isHandRaised);
  const following = useStore(hudStore, (hud) => hud.following);
  const isSitting = useIsSitting(scene);
  return (
    <div className="prompts" role="status">
      {following !== null && <FollowChip client={client} id={following} scene={scene} />}
      {isHandRaised && (
        <p className="chip glass">
          <Icon name="hand" />
          {words.handUp}
        </p>
      )}
      {isSeatNear && !isSitting && !isTouch && (
        <p className="chip glass">
          {words.sitHere} <kbd>X</kbd>
        </p>
      )}
    </div>
  );
};

interface FollowChipProps {
  readonly client: FluxClient;
  readonly id: NonNullable<ReturnType<typeof hudStore.getState>['following']>;
  readonly scene: SceneHandle | null;
}

const FollowChip = ({ client, id, scene }: FollowChipProps) => {
  const { hud: words, people } = useWords();
  const name = useProfile(client, id)?.name ?? people.unknown;
  return (
    <div className="chip glass">
      <Icon name="follow" />
      {words.following(name)}
      <button
        type="button"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => scene?.follow(null)}
      >
        {words.stopFollowing}
      </button>
    </div>
  );
};
