import type { EntityId } from './ids.ts';
import type { Profile } from './profile.ts';
import type { ProfilesEvent } from './server_event.ts';

const BATCH = 64; // ids a message, docs/protocol.md section 5.2
const BATCH_INTERVAL_MS = 125; // 8 a second; 10 are allowed
const FIRST_WAIT_MS = 20; // for others to ask as well
const ANSWER_WAIT_MS = 5000; // then it is asked again
const GONE_MS = 10_000; // nobody comes back under the same id sooner

export interface ProfileCacheOptions {
  readonly nowMs: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  /** False when there is no connection: asked again later. */
  readonly send: (ids: readonly EntityId[]) => boolean;
  readonly capacity?: number;
}

/**
 * Names and looks by id. Who is not known is asked for once, together with others; the least recently
 * wanted is forgotten first. Bounded: at most `capacity` known and as many asked for.
 */
export class ProfileCache {
  readonly #options: ProfileCacheOptions;
  readonly #capacity: number;
  readonly #known = new Map<EntityId, Profile>(); // least recently wanted first
  readonly #wanted = new Set<EntityId>();
  readonly #askedAtMs = new Map<EntityId, number>();
  readonly #goneAtMs = new Map<EntityId, number>();
  #cancel: (() => void) | null = null;
  #sentAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: ProfileCacheOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? 4096;
  }

  get(id: EntityId): Profile | undefined {
    const profile = this.#known.get(id);
    if (profile) {
      this.#known.delete(id);
      this.#known.set(id, profile);
      return profile;
    }
    this.#want(id);
    return undefined;
  }

  /** What is known, without asking. */
  peek(id: EntityId): Profile | undefined {
    return this.#known.get(id);
  }

  put(profile: Profile): void {
    this.#known.delete(profile.id);
    this.#known.set(profile.id, profile);
    this.#askedAtMs.delete(profile.id);
    trim(this.#known, this.#capacity);
  }

  take(answer: ProfilesEvent): void {
    for (const profile of answer.profiles) this.put(profile);
    for (const id of answer.gone) {
      this.#askedAtMs.delete(id);
      this.#known.delete(id);
      this.#goneAtMs.set(id, this.#options.nowMs());
    }
    trim(this.#goneAtMs, this.#capacity);
  }

  /** The next person under this id may be another: after an outage, or when the look changed. */
  forget(id: EntityId): void {
    this.#known.delete(id);
  }

  /** Another server, another world: ids mean nothing any more. */
  clear(): void {
    this.#known.clear();
    this.#wanted.clear();
    this.#askedAtMs.clear();
    this.#goneAtMs.clear();
    this.#cancel?.();
    this.#cancel = null;
  }

  #want(id: EntityId): void {
    if (this.#wanted.has(id) || this.#wanted.size >= this.#capacity) return;
    const nowMs = this.#options.nowMs();
    if (nowMs - (this.#askedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < ANSWER_WAIT_MS) return;
    if (nowMs - (this.#goneAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < GONE_MS) return;
    this.#wanted.add(id);
    this.#schedule(FIRST_WAIT_MS);
  }

  #schedule(leastMs: number): void {
    if (this.#cancel) return;
    const dueMs = Math.max(leastMs, this.#sentAtMs + BATCH_INTERVAL_MS - this.#options.nowMs());
    this.#cancel = this.#options.after(dueMs, () => {
      this.#cancel = null;
      this.#ask();
    });
  }

  #ask(): void {
    const ids = [...this.#wanted].slice(0, BATCH);
    if (ids.length === 0) return;
    const nowMs = this.#options.nowMs();
    this.#sentAtMs = nowMs;
    if (this.#options.send(ids)) {
      for (const id of ids) {
        this.#wanted.delete(id);
        this.#askedAtMs.delete(id);
        this.#askedAtMs.set(id, nowMs);
      }
      trim(this.#askedAtMs, this.#capacity);
    }
    if (this.#wanted.size > 0) this.#schedule(BATCH_INTERVAL_MS);
  }
}

const trim = (map: Map<EntityId, unknown>, capacity: number): void => {
  for (const id of map.keys()) {
    if (map.size <= capacity) return;
    map.delete(id);
  }
};
