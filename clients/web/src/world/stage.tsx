// stage: what the scene consists of, as fiber components. They are composed once; what moves, moves in
// the frame, past React.

import { useFrame } from '@react-three/fiber';
import { memo } from 'react';
import type { SceneFrame } from './scene_frame.ts';
import type { SceneParts } from './scene_parts.ts';

interface StageProps {
  readonly parts: SceneParts;
  readonly frame: SceneFrame;
}

const Surroundings = ({ parts }: { readonly parts: SceneParts }) => {
  const { fog, hemisphere } = parts.world.environment;
  return (
    <>
      <fog attach="fog" args={[fog.color, fog.near, fog.far]} />
      <hemisphereLight args={[hemisphere.sky, hemisphere.ground, hemisphere.intensity]} />
      <primitive object={parts.sunlight.light} />
      <primitive object={parts.sky} />
      <primitive object={parts.ground} />
    </>
  );
};

const Scenery = ({ parts }: { readonly parts: SceneParts }) => (
  <>
    <primitive object={parts.solids.group} />
    <primitive object={parts.models.group} />
    <primitive object={parts.signs.group} />
    <primitive object={parts.portals} />
    <primitive object={parts.lamps.group} />
  </>
);

const People = ({ parts }: { readonly parts: SceneParts }) => (
  <>
    <primitive object={parts.crowd.group} />
    <primitive object={parts.marker.mesh} />
  </>
);

/** A priority above 0: drawing is ours, at the end of the frame. */
const Frame = ({ frame }: { readonly frame: SceneFrame }) => {
  useFrame((state, delta) => frame.run(state, delta), 1);
  return null;
};

export const Stage = memo(({ parts, frame }: StageProps) => (
  <>
    <Surroundings parts={parts} />
    <Scenery parts={parts} />
    <People parts={parts} />
    <Frame frame={frame} />
  </>
));
