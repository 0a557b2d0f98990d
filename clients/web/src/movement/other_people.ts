// other_people: where the others are shown right now, read from the picture's rows.

import type { EntityId, FluxClient } from '@flux/sdk';
import { rowPlace, type ShownPlace } from '../people/row_place.ts';

const PERSON = 0;
const LEVEL_APART = 1;

export class OtherPeople {
  private readonly client: FluxClient;
  private readonly place: ShownPlace = { x: 0, y: 0, z: 0, yaw: 0 };

  constructor(client: FluxClient) {
    this.client = client;
  }

  /** Null when they have left, or gone too far to be known of. Good until the next call. */
  placeOf(id: EntityId): ShownPlace | null {
    const row = this.client.picture.find(id);
    return row < 0 || id === this.client.self ? null : this.shown(row);
  }

  /** Whether anybody but us is within `reach` metres over the ground. */
  isAnyNear(x: number, y: number, z: number, reach: number): boolean {
    const { picture, self } = this.client;
    for (let row = 0; row < picture.count; row++) {
      if (picture.kind[row] !== PERSON || picture.id[row] === self) continue;
      const place = this.shown(row);
      if (Math.abs(place.y - y) > LEVEL_APART) continue;
      if (Math.hypot(place.x - x, place.z - z) < reach) return true;
    }
    return false;
  }

  private shown(row: number): ShownPlace {
    const { client, place } = this;
    rowPlace(client.picture, row, client.now() - client.picture.epochTick, place);
    return place;
  }
}
