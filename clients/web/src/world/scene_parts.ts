// scene_parts: everything the scene consists of: the scenery, the people in it, ourselves, and what is
// heard.

import type { WorldDocument } from '@flux/sdk';
import { PerspectiveCamera } from 'three';
import type { SceneOptions } from '../app/scene_contract.ts';
import { SelfControl } from '../movement/self_control.ts';
import { Crowd } from '../people/crowd.ts';
import { Labels } from '../people/labels.ts';
import { crowdLimits } from '../people/limits.ts';
import { Marker } from '../people/marker.ts';
import { Soundscape } from '../sound/soundscape.ts';
import { planFor, type QualityPlan, thisDevice } from './quality.ts';
import type { SceneGoods } from './scene_goods.ts';
import { Scenery } from './scenery.ts';
import { WalkGoal } from './walk_goal.ts';
import type { SoundSource } from './world_features.ts';

const CAMERA = { fov: 60, near: 0.12, far: 2400 };

export class SceneParts {
  readonly world: WorldDocument;
  readonly camera = new PerspectiveCamera(CAMERA.fov, 1, CAMERA.near, CAMERA.far);
  readonly scenery: Scenery;
  readonly crowd: Crowd;
  readonly marker = new Marker();
  /** Where a walk by ourselves leads. */
  readonly goal = new WalkGoal();
  readonly labels: Labels;
  readonly self: SelfControl;
  readonly sound: Soundscape;
  private plan: QualityPlan;

  constructor(options: SceneOptions, goods: SceneGoods, onTap: (x: number, y: number) => boolean) {
    const { canvas, client, world, settings } = options;
    const { unfolded, models, forms, grid, people } = goods;
    const { language, quality } = settings.getState();
    const plan = planFor(quality, thisDevice());
    this.world = world;
    this.plan = plan;
    const from = client.welcome?.place ?? { x: 0, z: 0 };
    this.scenery = new Scenery({ world, unfolded, models, forms, plan, language, from });
    this.crowd = new Crowd(people, client.picture, client.welcome?.tickMs ?? 50);
    this.labels = new Labels(options.labels, client);
    this.self = new SelfControl({
      canvas,
      client,
      world,
      settings,
      grid,
      seats: models.seats,
      onTap,
      onSeat: (isNear) => options.onSeat?.(isNear),
      onFollow: (id) => options.onFollow?.(id),
      onPadAction: (action) => options.onPadAction?.(action),
    });
    this.sound = new Soundscape(settings, [...models.sounds, ...portalSounds(world)]);
    this.scenery.scene.add(this.crowd.group, this.marker.mesh, this.goal.mesh);
    this.setQuality(plan);
  }

  setQuality(plan: QualityPlan): void {
    this.plan = plan;
    this.scenery.setQuality(plan);
    this.crowd.shadows = this.scenery.sunlight.light.castShadow;
    this.setShare(1);
  }

  /** Of the plan's people in full and of names. */
  setShare(share: number): void {
    this.crowd.limits = crowdLimits(this.plan.level, share);
    this.labels.limit = Math.round(this.plan.names * share);
  }

  dispose(): void {
    this.self.dispose();
    this.sound.dispose();
    this.labels.dispose();
    this.crowd.dispose();
    this.marker.dispose();
    this.goal.dispose();
    this.scenery.dispose();
  }
}

function portalSounds({ portals = [] }: WorldDocument): SoundSource[] {
  return portals.map(({ position: [x, y, z] }) => ({ kind: 'portal', x, y, z }));
}
