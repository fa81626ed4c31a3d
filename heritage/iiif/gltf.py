"""3D models: binary glTF 2.0 (GLB), looked at before it is taken in; it is served as it came in.

A GLB file is a header, a chunk of JSON and a chunk of bytes (glTF 2.0, section 4). Nothing outside the file is asked
for by what is shown here, so a model that names other files is refused.
"""

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

MEDIA_TYPE = "model/gltf-binary"
EXTENSIONS = {MEDIA_TYPE: ".glb"}
MEDIA_TYPES = frozenset(EXTENSIONS)
SIGNATURE = b"glTF"
JSON_CHUNK, BYTES_CHUNK = 0x4E4F534A, 0x004E4942
TEXT_HEAD = 4096
"""Bytes of a file in which a model as JSON is known by its keys."""
MAX_JSON = 32 * 1024**2
DRAWN = frozenset(
    {
        "KHR_lights_punctual",
        "KHR_materials_clearcoat",
        "KHR_materials_emissive_strength",
        "KHR_materials_ior",
        "KHR_materials_sheen",
        "KHR_materials_specular",
        "KHR_materials_transmission",
        "KHR_materials_unlit",
        "KHR_materials_volume",
        "KHR_mesh_quantization",
        "KHR_texture_transform",
    }
)
"""Extensions that the viewer on our pages draws; a model that requires others is there to be taken along."""


class ModelError(ValueError):
    """The model cannot be taken in; the message is a reason for people."""


@dataclass(frozen=True)
class Measures:
    """How many meshes and triangles there are, and which required extensions our own viewer does not draw."""

    meshes: int
    triangles: int
    beyond: tuple[str, ...]


def is_model(head: bytes) -> bool:
    """Whether the first bytes are those of a GLB file."""
    return head.startswith(SIGNATURE)


def is_text(path: Path) -> bool:
    """Whether a file is a model as JSON (`.gltf`), which is refused whether or not it needs other files."""
    with path.open("rb") as file:
        head = file.read(TEXT_HEAD)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and any(
        key in head for key in (b'"asset"', b'"buffers"', b'"accessors"')
    )


def as_text() -> str:
    """The reason for a model as JSON."""
    return _(
        "it is a 3D model as text (.gltf), whose shape and pictures usually lie in other files. Export it as one file, "
        "glTF Binary (.glb), textures included; in Blender: File, Export, glTF 2.0, format glTF Binary."
    )


def measure(path: Path) -> Measures:
    """What the model says of itself.

    Raises:
        ModelError: damaged, another version, without a mesh, or in need of other files.
    """
    try:
        document, bytes_there = _document(path)
        _whole(document, bytes_there)
        meshes = document.get("meshes", [])
        if not meshes:
            raise ModelError(_("the model holds no mesh. Export it again with its geometry."))
        required = set(document.get("extensionsRequired", []))
        return Measures(len(meshes), _triangles(document, meshes), tuple(sorted(required - DRAWN)))
    except (struct.error, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(damaged(str(error))) from error


def damaged(detail: str) -> str:
    """The reason for a file that is not what its first bytes say."""
    return _("the model is damaged or cut short (%(detail)s). Export it again as GLB.") % {"detail": detail[:200]}


def _document(path: Path) -> tuple[dict[str, Any], int]:
    """The JSON of the file, and how many bytes its second chunk has."""
    with path.open("rb") as file:
        _magic, version, length = struct.unpack("<4sII", file.read(12))
        if version != 2:
            raise ModelError(
                _("it is glTF of version %(version)s. Export it again as glTF 2.0.") % {"version": version}
            )
        size, kind = struct.unpack("<II", file.read(8))
        if kind != JSON_CHUNK or not 0 < size <= MAX_JSON or length != path.stat().st_size:
            raise ModelError(damaged("header"))
        document = json.loads(file.read(size))
        rest = file.read(8)
    if not rest:
        return document, 0
    length_of_bytes, kind = struct.unpack("<II", rest)
    if kind != BYTES_CHUNK or 28 + size + length_of_bytes > length:
        raise ModelError(damaged("chunk"))
    return document, length_of_bytes


def _whole(document: dict[str, Any], bytes_there: int) -> None:
    """Whether the model needs nothing but this file.

    Raises:
        ModelError: it names other files, or its bytes are not all here.
    """
    if not str(document["asset"]["version"]).startswith("2."):
        raise ModelError(damaged("asset.version"))
    for part in (*document.get("buffers", []), *document.get("images", [])):
        if "uri" in part and not str(part["uri"]).startswith("data:"):
            raise ModelError(_("the model needs other files beside it. Export it as one GLB file, textures included."))
    inside = [part for part in document.get("buffers", [])[:1] if "uri" not in part]
    if inside and int(inside[0]["byteLength"]) > bytes_there:
        raise ModelError(damaged("buffer"))


def _triangles(document: dict[str, Any], meshes: list[dict[str, Any]]) -> int:
    """Triangles of all meshes that are drawn as such; strips and fans are counted as lists."""
    counts = [int(one["count"]) for one in document.get("accessors", [])]
    found = 0
    for mesh in meshes:
        for primitive in mesh["primitives"]:
            if primitive.get("mode", 4) == 4:
                at = primitive.get("indices", primitive["attributes"]["POSITION"])
                found += counts[at] // 3
    return found
