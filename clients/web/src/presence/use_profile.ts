import type { EntityId, FluxClient, Profile } from '@flux/sdk';
import { useEffect, useState } from 'react';

/** What is known of somebody, as soon as it is. */
export const useProfile = (client: FluxClient, id: EntityId): Profile | undefined => {
  const [profile, setProfile] = useState(() => client.profile(id));
  useEffect(() => {
    const update = (): void => setProfile(client.profile(id));
    update();
    return client.on('profiles', update);
  }, [client, id]);
  return profile;
};
