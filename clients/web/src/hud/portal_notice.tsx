import type { WorldPortal } from '@flux/sdk';
import { useWords } from '../language/use_words.ts';

interface PortalNoticeProps {
  /** Its target is an address on another server. */
  readonly portal: WorldPortal;
  readonly onClose: () => void;
}

/** Nobody is taken to another server without being asked. */
export const PortalNotice = ({ portal, onClose }: PortalNoticeProps) => {
  const words = useWords();
  const { host } = new URL(portal.to);
  return (
    <div className="banner glass" role="alert">
      <span>{words.hud.portalOutside(host)}</span>
      <button type="button" className="chosen" onClick={() => location.assign(portal.to)}>
        {words.hud.portalGo}
      </button>
      <button type="button" onClick={onClose}>
        {words.hud.portalStay}
      </button>
    </div>
  );
};
