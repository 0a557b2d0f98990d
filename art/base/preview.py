"""A Cycles picture of shapes under the direction's daylight: to look at what one models.

Runs within Blender. Small and grainy on purpose; the tone curve is Khronos Neutral, as the client's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

import bpy
import numpy as np
from mathutils import Vector
from PIL import Image

from art.base.palette import linear
from art.base.shape import GROUNDS, Shape, by_surface

ROUGHNESS = {
    'solid': 0.8,
    'gloss': 0.35,
    'foliage': 0.75,
    'cloth': 0.85,
    'water': 0.06,
    'clear': 0.2,
}
# Colour and strength of the sun, its elevation and azimuth (0 is +x, towards -z), sky and ground.
LIGHTS = {
    'day': ('ffe7c4', 3.5, 40, -128, 'b4d0f5', 'e6d2b2', 1.05),
    'dusk': ('ffa468', 2.3, 12, 158, '8e8cdb', 'c98a98', 0.8),
}
SKY = [
    (-0.05, 'fbebcb'),
    (0.03, 'f8e9cc'),
    (0.13, 'cde9e3'),
    (0.30, '8fcde0'),
    (0.7, '5fafd8'),
    (1, '4c97cb'),
]


def _to_blender(rows: np.ndarray) -> np.ndarray:
    """y up, facing +z becomes z up, facing -y."""
    return np.column_stack([rows[:, 0], -rows[:, 2], rows[:, 1]])


def _material(surface: str):
    material = bpy.data.materials.new(surface)
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    color = nodes.new('ShaderNodeAttribute')
    color.attribute_name = 'Col'
    shader = nodes['Principled BSDF']
    if surface == 'glow':
        shader = nodes.new('ShaderNodeEmission')
        shader.inputs[1].default_value = 2.5
        links.new(color.outputs['Color'], shader.inputs[0])
        links.new(shader.outputs[0], nodes['Material Output'].inputs[0])
        material.cycles.sample_as_light = False
        return material
    links.new(color.outputs['Color'], shader.inputs['Base Color'])
    shader.inputs['Roughness'].default_value = ROUGHNESS.get(surface, 0.9)
    shader.inputs['Specular'].default_value = 0.3
    if surface == 'clear':
        shader.inputs['Alpha'].default_value = 0.35
    return material


def _add(shape: Shape, tint) -> None:
    mesh = bpy.data.meshes.new(shape.surface)
    mesh.from_pydata(_to_blender(shape.position).tolist(), [], shape.triangle.tolist())
    color = shape.color.copy()
    if shape.surface in ('solid', 'gloss'):
        color[:, :3] *= 1 - (1 - color[:, 3:]) * (1 - np.asarray(tint))
    color[:, 3] = 1
    attribute = mesh.color_attributes.new('Col', 'FLOAT_COLOR', 'POINT')
    attribute.data.foreach_set('color', color.astype(np.float32).ravel())
    mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
    mesh.use_auto_smooth = True
    mesh.normals_split_custom_set_from_vertices(_to_blender(shape.normal).tolist())
    mesh.materials.append(_material(shape.surface))
    bpy.context.scene.collection.objects.link(bpy.data.objects.new(shape.surface, mesh))


def _ramp(nodes, stops):
    ramp = nodes.new('ShaderNodeValToRGB')
    elements = ramp.color_ramp.elements
    while len(elements) < len(stops):
        elements.new(0.5)
    for element, (at, color) in zip(elements, stops):
        element.position = 0.5 + at / 2
        element.color = (*linear(color), 1)
    return ramp


def _light(kind: str) -> None:
    color, strength, elevation, azimuth, above, below, factor = LIGHTS[kind]
    sun = bpy.data.lights.new('sun', 'SUN')
    sun.color, sun.energy, sun.angle = linear(color), strength, np.radians(2.5)
    stand = bpy.data.objects.new('sun', sun)
    stand.rotation_euler = (np.radians(90 - elevation), 0, np.radians(azimuth + 90))
    bpy.context.scene.collection.objects.link(stand)
    world = bpy.data.worlds.new('world')
    bpy.context.scene.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    place, apart = nodes.new('ShaderNodeTexCoord'), nodes.new('ShaderNodeSeparateXYZ')
    spread = nodes.new('ShaderNodeMapRange')
    spread.inputs[1].default_value = -1
    links.new(place.outputs['Generated'], apart.inputs[0])
    links.new(apart.outputs[2], spread.inputs[0])
    shaders = [nodes['Background'], nodes.new('ShaderNodeBackground')]
    for shader, stops in zip(shaders, ([(-0.5, below), (0.6, above)], SKY)):
        ramp = _ramp(nodes, stops)
        links.new(spread.outputs[0], ramp.inputs[0])
        links.new(ramp.outputs[0], shader.inputs[0])
    shaders[0].inputs[1].default_value = factor
    # Surfaces are lit by the hemisphere; the eye and mirrors see the sky.
    seen, blend = nodes.new('ShaderNodeLightPath'), nodes.new('ShaderNodeMixShader')
    links.new(seen.outputs['Is Diffuse Ray'], blend.inputs[0])
    links.new(shaders[1].outputs[0], blend.inputs[1])
    links.new(shaders[0].outputs[0], blend.inputs[2])
    links.new(blend.outputs[0], nodes['World Output'].inputs[0])


def neutral(color: np.ndarray) -> np.ndarray:
    """Khronos' Neutral tone curve on linear values, then sRGB."""
    least = color.min(-1, keepdims=True)
    offset = np.where(least < 0.08, least - 6.25 * least * least, 0.04)
    color = color - offset
    peak = np.maximum(color.max(-1, keepdims=True), 1e-6)
    start = 0.8 - 0.04
    pressed = 1 - (1 - start) ** 2 / (peak + 1 - 2 * start)
    fade = 1 - 1 / (0.15 * (peak - pressed) + 1)
    high = color * pressed / peak * (1 - fade) + pressed * fade
    color = np.clip(np.where(peak < start, color, high), 0, 1)
    return np.where(color <= 0.0031308, color * 12.92, 1.055 * color ** (1 / 2.4) - 0.055)


def _camera(eye, target, lens: float) -> None:
    camera = bpy.data.cameras.new('camera')
    camera.lens, camera.clip_end = lens, 1000
    stand = bpy.data.objects.new('camera', camera)
    eye, target = (Vector(_to_blender(np.array([point], float))[0]) for point in (eye, target))
    stand.location = eye
    stand.rotation_euler = (target - eye).to_track_quat('-Z', 'Y').to_euler()
    bpy.context.scene.collection.objects.link(stand)
    bpy.context.scene.camera = stand


def preview(
    path,
    shapes: Sequence[Shape],
    eye=None,
    target=None,
    lens: float = 35,
    size: tuple[int, int] = (480, 270),
    samples: int = 12,
    light: str = 'day',
    ground='b7c795',
    tint=(1, 1, 1),
) -> None:
    """Writes a PNG. Without an eye one is found from which everything is seen, from the front.

    ground: the colour of a plain at y = 0, or None. tint: what parts made for it are tinted with.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    scene.cycles.samples, scene.cycles.use_denoising = samples, False
    scene.cycles.max_bounces, scene.cycles.sample_clamp_indirect = 3, 4
    scene.render.threads_mode, scene.render.threads = 'FIXED', 1
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.resolution_percentage = 100
    shapes = [shape for shape in shapes if shape.surface not in GROUNDS]
    for shape in by_surface(
        [Shape(s.position, s.triangle, s.normal, s.color, s.surface) for s in shapes]
    ):
        _add(shape, tint)
    if ground:
        plain = Shape(
            [[-200, -0.01, 200], [200, -0.01, 200], [200, -0.01, -200], [-200, -0.01, -200]],
            [[0, 1, 2], [0, 2, 3]],
        )
        _add(plain.coloured(linear(ground)), (1, 1, 1))
    _light(light)
    low = np.min([shape.bounds()[0] for shape in shapes], axis=0)
    high = np.max([shape.bounds()[1] for shape in shapes], axis=0)
    target = (low + high) / 2 if target is None else target
    if eye is None:
        away = np.linalg.norm(high - low) * lens / 36 * 1.2
        eye = np.asarray(target) + np.array([0.45, 0.35, 0.85]) * away
    _camera(eye, target, lens)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    exr = path.with_suffix('.exr')
    scene.render.image_settings.file_format = 'OPEN_EXR'
    scene.render.filepath = str(exr)
    bpy.ops.render.render(write_still=True)
    image = bpy.data.images.load(str(exr))
    pixels = np.array(image.pixels[:]).reshape(size[1], size[0], -1)[::-1, :, :3]
    Image.fromarray((neutral(pixels) * 255 + 0.5).astype(np.uint8)).save(path)
    exr.unlink()
