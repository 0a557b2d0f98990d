import { useWords } from '../language/use_words.ts';
import { PanelFrame } from './panel_frame.tsx';
import {
  HandTool,
  HelpTool,
  InviteTool,
  LeaveTool,
  PhotoTool,
  SettingsTool,
  SoundTool,
  StatsTool,
} from './tools.tsx';

/** On a touch screen: everything that is not in thumb's reach, with its words. */
export const MorePanel = ({ onLeave }: { readonly onLeave: () => void }) => {
  const { hud: words } = useWords();
  return (
    <PanelFrame title={words.menu} className="more-panel">
      <div className="tiles">
        <HandTool />
        <PhotoTool />
        <InviteTool />
        <SoundTool />
        <SettingsTool />
        <HelpTool />
        <StatsTool />
        <LeaveTool onLeave={onLeave} />
      </div>
    </PanelFrame>
  );
};
