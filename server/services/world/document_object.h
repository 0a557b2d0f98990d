// document_object: the objects of a world document: kinds, materials, groups and prefabs.
// For this room only.
#pragma once

#include "services/world/document_rule.h"

enum { OBJECT_NEST_MAX = 8, OBJECT_PREFABS_MAX = 256 };

// Rules for the document's members "materials", "prefabs" and "objects".
extern const struct rule object_material_rule; // of one material
extern const struct rule object_prefab_rule;   // of one prefab: a list of objects
extern const struct rule object_placed_rule;   // of an object in the world, which needs an id

// After each object was checked alone: no prefab contains itself, nothing nests too deep, and there
// are not too many objects once every prefab is unfolded.
bool object_check_unfolded(struct rule_walk *walk, const json_t *objects);
