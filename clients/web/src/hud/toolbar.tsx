import type { SceneHandle } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import {
  ChatTool,
  EmotesTool,
  HandTool,
  HelpTool,
  InviteTool,
  LeaveTool,
  MoreTool,
  PeopleTool,
  PhotoTool,
  SettingsTool,
  SitTool,
  SoundTool,
} from './tools.tsx';

/** What one does in the world, at its foot. On a touch screen thumbs have their own: touch_controls.tsx. */
export const Toolbar = ({ scene }: { readonly scene: SceneHandle | null }) => {
  const { hud: words } = useWords();
  return (
    <nav className="toolbar glass" aria-label={words.toolbar}>
      <ChatTool />
      <EmotesTool />
      <HandTool />
      <SitTool scene={scene} />
      <PhotoTool />
      <span className="divider" />
      <PeopleTool />
      <InviteTool />
    </nav>
  );
};

/** What is about Flux and not about the world, in the corner. */
export const CornerBar = ({ onLeave }: { readonly onLeave: () => void }) => {
  const { hud: words } = useWords();
  return (
    <nav className="corner-bar glass" aria-label={words.menu}>
      <SoundTool />
      <SettingsTool />
      <HelpTool />
      <LeaveTool onLeave={onLeave} />
    </nav>
  );
};

/** The corner of a touch screen: all the rest is behind one button. */
export const TouchCornerBar = () => {
  const { hud: words } = useWords();
  return (
    <nav className="corner-bar glass" aria-label={words.toolbar}>
      <PeopleTool />
      <MoreTool />
    </nav>
  );
};
