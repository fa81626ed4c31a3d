"""3D models in binary glTF 2.0, small and whole, or broken in one way."""

import json
import struct
from pathlib import Path
from typing import Any

CORNERS = [(-1, -1, 1), (1, -1, 1), (1, 1, 1), (-1, 1, 1), (-1, -1, -1), (1, -1, -1), (1, 1, -1), (-1, 1, -1)]
FACES = [(0, 1, 2, 3), (5, 4, 7, 6), (4, 0, 3, 7), (1, 5, 6, 2), (3, 2, 6, 7), (4, 5, 1, 0)]


def document(**changes: Any) -> dict[str, Any]:
    """The JSON of a red cube."""
    places = {"bufferView": 0, "componentType": 5126, "count": 8, "type": "VEC3", "min": [-1] * 3, "max": [1] * 3}
    indices = {"bufferView": 1, "componentType": 5123, "count": 36, "type": "SCALAR"}
    red = {"pbrMetallicRoughness": {"baseColorFactor": [0.8, 0.1, 0.1, 1], "metallicFactor": 0}}
    return {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "materials": [red],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "accessors": [places, indices],
        "bufferViews": [
            {"buffer": 0, "byteOffset": 0, "byteLength": 96},
            {"buffer": 0, "byteOffset": 96, "byteLength": 72},
        ],
        "buffers": [{"byteLength": 168}],
        **changes,
    }


def glb(found: dict[str, Any] | bytes | None = None, version: int = 2, content: bytes | None = None) -> bytes:
    """The file; `found` is its JSON, by default that of the cube."""
    text = found if isinstance(found, bytes) else json.dumps(found or document()).encode()
    text += b" " * (-len(text) % 4)
    triangles = [corner for a, b, c, d in FACES for corner in (a, b, c, a, c, d)]
    cube = b"".join(struct.pack("<3f", *one) for one in CORNERS) + struct.pack("<36H", *triangles)
    data = cube if content is None else content
    size = 12 + 8 + len(text) + 8 + len(data)
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text + struct.pack("<II", len(data), 0x004E4942) + data
    return struct.pack("<4sII", b"glTF", version, size) + chunks


def glb_file(folder: Path, name: str = "tuong.glb", data: bytes | None = None) -> Path:
    path = folder / name
    path.write_bytes(glb() if data is None else data)
    return path
