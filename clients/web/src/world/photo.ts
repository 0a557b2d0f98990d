// photo: the picture as it is now, drawn once more as large as a photo is.

import type { Camera, Scene } from 'three';
import type { Graphics } from './graphics.ts';

const PIXELS_MAX = 1920;
const RATIO_MAX = 3;

/** How many of its pixels to a CSS pixel: 1920 wide, and no higher than that either. */
export function photoRatio(width: number, height: number): number {
  return Math.min(RATIO_MAX, PIXELS_MAX / width, PIXELS_MAX / height);
}

export function takePhoto(graphics: Graphics, scene: Scene, camera: Camera): Promise<Blob> {
  const { renderer, width, height } = graphics;
  if (!graphics.canDraw) return Promise.reject(new Error('There is no picture just now.'));
  const before = renderer.getPixelRatio();
  renderer.setPixelRatio(photoRatio(width, height));
  renderer.render(scene, camera);
  const photo = new Promise<Blob>((resolve, reject) => {
    // The canvas is read as it is at the time of this call.
    renderer.domElement.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be kept.'))),
      'image/png',
    );
  });
  renderer.setPixelRatio(before);
  renderer.render(scene, camera);
  return photo;
}
