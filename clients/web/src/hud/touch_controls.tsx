import type { SceneHandle } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { Icon } from './icon.tsx';
import { ChatTool, EmotesTool, SitTool } from './tools.tsx';
import { TouchStick } from './touch_stick.tsx';

/** Where there is no keyboard: a stick under the left thumb, four buttons round the right one. */
export const TouchControls = ({ scene }: { readonly scene: SceneHandle }) => {
  const words = useWords();
  return (
    <div className="touch-controls">
      <TouchStick scene={scene} />
      <div className="thumb-buttons">
        <ChatTool />
        <EmotesTool />
        <SitTool scene={scene} />
        <button
          type="button"
          className="tool jump"
          aria-label={words.hud.jump}
          onPointerDown={() => scene.jump()}
          onKeyDown={({ key }) => {
            if (key === 'Enter' || key === ' ') scene.jump();
          }}
        >
          <Icon name="jump" />
        </button>
      </div>
    </div>
  );
};
