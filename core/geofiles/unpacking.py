"""A file of shapes laid out in a folder of its own, looked at before GDAL opens it.

GDAL knows the kind of a file by its content, and some kinds name other files or addresses. So what is handed on is
checked to be of the kind that its name says, under a name that we give it.
"""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from core.kernel.i18n import _
from core.kernel.problems import Invalid

MOST_BYTES = 60_000_000
MOST_UNPACKED = 300_000_000
MOST_RATIO = 200
MOST_PARTS = 200
ENDINGS = ("geojson", "json", "zip", "kml", "kmz", "gpkg")
"""What a file of shapes may end in."""
MULTI = ("Point", "LineString", "Polygon")
GEOJSON = frozenset(
    ("FeatureCollection", "Feature", "GeometryCollection", *MULTI, *(f"Multi{kind}" for kind in MULTI))
)
SQLITE, SHAPES = b"SQLite format 3\0", b"\0\0\x27\x0a"
"""How a GeoPackage and a .shp file begin."""
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY", b"<OGR")
"""What could make the reader open something else."""
FUNCTIONS = ("ogr_geocode", "ogr_datasource", "load_extension", "virtualogr", "virtualshape")
"""What a view inside a GeoPackage could call to reach a network or another file."""


@contextmanager
def unpacked(data: bytes, name: str) -> Iterator[Path]:
    """The path at which GDAL may open the file, until the block ends. Raises Invalid with what is wrong and the way to
    go: too large, empty, not what its name says, a zip without shapes or one that unpacks to gigabytes."""
    if len(data) > MOST_BYTES:
        said = _("This file is larger than {n} MB. Split it, or leave out layers that are not needed.")
        raise Invalid(said.format(n=MOST_BYTES // 10**6))
    if not data:
        raise Invalid(_("This file is empty."))
    with TemporaryDirectory(prefix="shapes-") as folder:
        yield _laid_out(data, PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip("."), Path(folder))


def _laid_out(data: bytes, ending: str, folder: Path) -> Path:
    if ending not in ENDINGS:
        raise Invalid(
            _("Take a GeoJSON, a KML or KMZ, a GeoPackage (.gpkg), or a zip with the parts of a Shapefile.")
        )
    if ending in ("zip", "kmz"):
        return _from_zip(data, folder)
    return _alone(data, ending, folder)


def _alone(data: bytes, ending: str, folder: Path) -> Path:
    """A file that stands for itself."""
    if ending == "gpkg":
        return _geopackage(data, folder / "shapes.gpkg")
    text = decoded(data)
    if ending == "kml":
        return _written(folder / "shapes.kml", _kml(text))
    return _written(folder / "shapes.geojson", _geojson(text))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _geopackage(data: bytes, path: Path) -> Path:
    """Its tables and views are asked for by SQLite itself: their text may be in UTF-16, or torn over two pages."""
    if not data.startswith(SQLITE):
        raise Invalid(_("This is not a GeoPackage, whatever it is called."))
    path.write_bytes(data)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            made = file.execute("SELECT lower(sql) FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    except (sqlite3.Error, UnicodeError) as trouble:
        raise Invalid(_("This file cannot be read: it breaks off or is damaged. Save it anew.")) from trouble
    if any(word in said for (said,) in made for word in FUNCTIONS):
        raise Invalid(_("This is not a GeoPackage, whatever it is called."))
    return path


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, GB 18030 or UTF-16. Raises Invalid for what is no text."""
    ways = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for way in ways:
        try:
            text = data.decode(way)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid(_("This file is no text, as a GeoJSON or KML would be."))


def _geojson(text: str) -> bytes:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as trouble:
        raise Invalid(_("This is not GeoJSON: it breaks off or is damaged. Save it anew.")) from trouble
    if not isinstance(found, dict) or found.get("type") not in GEOJSON:
        raise Invalid(_("This JSON is not GeoJSON: it has no list of features."))
    return text.encode()


def _kml(text: str) -> bytes:
    """KML as UTF-8, whatever encoding it declared."""
    body = text.partition("?>")[2] if text.lstrip().startswith("<?xml") else text
    raw = body.encode()
    if "<kml" not in body[:2000] or any(word in raw for word in FORBIDDEN):
        raise Invalid(
            _("This is not a KML file, or it holds something that no map needs. It was not opened.")
        )
    return b'<?xml version="1.0" encoding="UTF-8"?>' + raw


# --- zip --------------------------------------------------------------------------------------------------


def _from_zip(data: bytes, folder: Path) -> Path:
    """The one Shapefile, KML, GeoJSON or GeoPackage of a zip."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check(package)
            return _only(package, folder)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as trouble:
        raise Invalid(_("This zip is damaged or has a password. Pack it anew, without one.")) from trouble


def _check(package: zipfile.ZipFile) -> None:
    """Raises Invalid for an archive that would unpack to far more than shapes can be."""
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    greedy = any(part.file_size > MOST_RATIO * max(part.compress_size, 10_000) for part in parts)
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED or greedy:
        raise Invalid(_("This file would unpack to an impossible size. It was not opened."))


def _only(package: zipfile.ZipFile, folder: Path) -> Path:
    """The file of shapes in a zip. Raises Invalid for none, or several."""
    names = [
        name for name in package.namelist() if not name.startswith("__MACOSX") and not name.endswith("/")
    ]
    suffix = {name: PurePosixPath(name).suffix.lower().lstrip(".") for name in names}
    for ending in ("shp", "gpkg", "geojson", "kml", "json"):
        if found := [name for name in names if suffix[name] == ending]:
            if len(found) > 1:
                said = _("This zip holds several: {names}. Pack each alone.")
                raise Invalid(said.format(names="、".join(PurePosixPath(name).name for name in found[:5])))
            if ending == "shp":
                return _shapefile(package, found[0], names, folder)
            return _alone(package.read(found[0]), ending, folder)
    raise Invalid(_("This zip holds no .shp, .kml, .geojson or .gpkg."))


def _shapefile(package: zipfile.ZipFile, main: str, names: list[str], folder: Path) -> Path:
    """The parts of a Shapefile under names of ours, with the encoding of its table written down."""
    stem = main[: -len(".shp")].lower()
    parts = {
        ending: package.read(name)
        for ending in ("shp", "shx", "dbf", "prj", "cpg")
        for name in names
        if name.lower() == f"{stem}.{ending}"
    }
    if not parts["shp"].startswith(SHAPES):
        raise Invalid(_("The .shp of this zip is damaged. Save it anew."))
    if lacking := [f".{ending}" for ending in ("shx", "dbf") if ending not in parts]:
        said = _("The Shapefile lacks {parts}: pack all its files (.shp, .shx, .dbf, .prj) into one zip.")
        raise Invalid(said.format(parts="、".join(lacking)))
    parts["cpg"] = _encoding(parts["dbf"], parts.get("cpg", b"")).encode()
    for ending, content in parts.items():
        (folder / f"shapes.{ending}").write_bytes(content)
    return folder / "shapes.shp"


def _encoding(table: bytes, said: bytes) -> str:
    """The encoding of a dBASE table: what the .cpg says unless that is Latin, which many programs write for Chinese;
    else UTF-8 when all of it can be that, else GB 18030."""
    declared = said.decode("ascii", "ignore").strip()
    if declared and not any(word in declared.upper() for word in ("8859", "1252", "LATIN", "ANSI")):
        return declared
    try:
        table[32:].decode()
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"
