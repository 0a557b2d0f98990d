import { type EntityId, entityId, type FluxClient, type Profile } from '@flux/sdk';

const CROWD = 40; // among more, comings and goings are no news

type Crowd = Pick<FluxClient, 'self' | 'profile'> & {
  readonly picture: Pick<FluxClient['picture'], 'id' | 'count'>;
};

/** Notices who comes and goes, by name. Those who were here first, and crowds, are passed over. */
export class Arrivals {
  onArrived: (name: string) => void = () => undefined;
  onDeparted: (name: string) => void = () => undefined;
  readonly #client: Crowd;
  #here = new Map<EntityId, Profile | null>(); // null: not announced, name unknown
  readonly #old = new Set<EntityId>(); // here when we came: no news, even when their names come later
  #quiet = true;

  constructor(client: Crowd) {
    this.#client = client;
  }

  /** After an outage: whoever is there now was there before. */
  reset(): void {
    this.#here.clear();
    this.#old.clear();
    this.#quiet = true;
  }

  update(): void {
    const { picture, self } = this.#client;
    if (picture.count === 0) return; // a picture that starts anew is empty for a moment
    if (picture.count > CROWD) {
      this.reset();
      return;
    }
    const before = this.#here;
    const now = new Map<EntityId, Profile | null>();
    for (const raw of picture.id.subarray(0, picture.count)) {
      const id = entityId(raw);
      if (id !== self) now.set(id, this.#known(id, before));
    }
    this.#here = now;
    this.#quiet = false;
    for (const [id, profile] of before) {
      if (profile && !now.has(id)) this.onDeparted(profile.name);
    }
  }

  #known(id: EntityId, before: ReadonlyMap<EntityId, Profile | null>): Profile | null {
    const profile = before.get(id) ?? this.#client.profile(id) ?? null;
    // New, or seen before without a name: told once, when the name is there.
    if (profile && !before.get(id) && !this.#quiet && !this.#old.has(id))
      this.onArrived(profile.name);
    if (this.#quiet) this.#old.add(id);
    return profile;
  }
}
