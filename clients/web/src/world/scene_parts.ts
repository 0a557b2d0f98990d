// scene_parts: everything that stands in the scene, made from the world's document and the client.

import type { WorldDocument, WorldPortal } from '@flux/sdk';
import { Group, type IUniform, type Material, Mesh } from 'three';
import type { SceneOptions } from '../app/scene_contract.ts';
import { SelfControl } from '../movement/self_control.ts';
import { Crowd } from '../people/crowd.ts';
import { Labels } from '../people/labels.ts';
import { Marker } from '../people/marker.ts';
import { collidersOf } from './colliders.ts';
import { groundDisc } from './ground.ts';
import { Lamps } from './lamps.ts';
import type { LoadedModels } from './models.ts';
import { portalMembrane } from './portal_ring.ts';
import { planFor, type QualityPlan, thisDevice } from './quality.ts';
import { Signs } from './signs.ts';
import { skyDome } from './sky.ts';
import { Solids } from './solids.ts';
import { Sunlight } from './sunlight.ts';
import type { Unfolded } from './unfold.ts';

export class SceneParts {
  readonly world: WorldDocument;
  /** What the world's own motion runs on: water, leaves, portals, clouds. */
  readonly seconds: IUniform<number> = { value: 0 };
  readonly sky: Mesh;
  readonly ground: Mesh;
  readonly solids: Solids;
  readonly models: LoadedModels;
  readonly signs: Signs;
  readonly lamps: Lamps;
  readonly portals = new Group();
  readonly sunlight: Sunlight;
  readonly crowd: Crowd;
  readonly marker = new Marker();
  readonly labels: Labels;
  readonly self: SelfControl;
  private plan: QualityPlan;
  private readonly portalsOf: readonly WorldPortal[];

  constructor(
    options: SceneOptions,
    unfolded: Unfolded,
    models: LoadedModels,
    onTap: (x: number, y: number) => void,
  ) {
    const { canvas, client, world } = options;
    const { language, quality } = options.settings.getState();
    const plan = planFor(quality, thisDevice());
    const { environment } = world;
    this.world = world;
    this.models = models;
    this.portalsOf = world.portals ?? [];
    this.sky = skyDome(environment, this.seconds, plan.isRich);
    this.ground = groundDisc(environment.ground);
    this.solids = new Solids(unfolded, { seconds: this.seconds });
    this.signs = new Signs(world, unfolded, language);
    this.lamps = new Lamps(unfolded, environment.preset, plan.pointLights);
    for (const portal of this.portalsOf) this.portals.add(portalMembrane(portal, this.seconds));
    this.sunlight = new Sunlight(environment.sun);
    this.crowd = new Crowd(client.picture, client.welcome?.tickMs ?? 50);
    this.labels = new Labels(options.labels, client);
    const grid = collidersOf(unfolded, models.colliders);
    this.self = new SelfControl({ canvas, client, world, grid, onTap });
    this.plan = plan;
    this.setQuality(plan);
  }

  setQuality(plan: QualityPlan): void {
    this.solids.setDetail(plan.detail);
    this.sunlight.setQuality(plan);
    this.crowd.shadows = this.sunlight.light.castShadow;
    this.plan = plan;
    this.setShare(1);
  }

  /** Of the plan's people in full and of names. */
  setShare(share: number): void {
    const { nearPeople, nearReach, farReach, names } = this.plan;
    this.crowd.limits = { near: Math.round(nearPeople * share), nearReach, farReach };
    this.labels.limit = Math.round(names * share);
  }

  dispose(): void {
    this.self.dispose();
    this.labels.dispose();
    this.crowd.dispose();
    this.marker.dispose();
    this.lamps.dispose();
    this.signs.dispose();
    this.solids.dispose();
    for (const object of [this.sky, this.ground, ...this.portals.children]) {
      if (!(object instanceof Mesh)) continue;
      object.geometry.dispose();
      (object.material as Material).dispose();
    }
  }
}
