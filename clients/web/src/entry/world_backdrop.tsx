import { useEffect, useState } from 'react';
import { worldPicture } from '../app/world_picture.ts';

/** The world's picture behind everything. A world without one has a dawn of its own. */
export const WorldBackdrop = ({ world }: { readonly world: string | undefined }) => {
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    const again = (): void => setMissing(false);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  return (
    <div className="backdrop" aria-hidden="true">
      {world !== undefined && !isMissing && (
        <img src={worldPicture(world)} alt="" onError={() => setMissing(true)} />
      )}
    </div>
  );
};
