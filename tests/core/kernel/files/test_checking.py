"""What a file is counts, not what it is called; nothing but the picture is kept."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from core.kernel.files.checking import LONGEST, MOST_BYTES, checked
from core.kernel.problems import Invalid
from tests.pictures import document, dots, from_phone, photo


def test_place_maker_and_comment_are_gone_and_the_photo_stands_upright() -> None:
    raw = from_phone()
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825), "the test photo must carry a place"
    found = checked(raw)
    clean = dots(found.data)
    assert not clean.getexif()
    assert not {"exif", "comment", "xmp", "icc_profile"} & set(clean.info)
    assert b"secret place" not in found.data and b"PhoneMaker" not in found.data
    assert (found.width, found.height) == clean.size == (1920, 2560)


def test_when_it_was_taken_is_kept_beside_it() -> None:
    taken = checked(from_phone((40, 30))).taken_at
    assert taken is not None and taken.isoformat() == "2026-01-02T03:04:05+08:00"
    assert checked(photo()).taken_at is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_of_picture_becomes_a_jpeg_of_bounded_size(kind: str) -> None:
    found = checked(photo((5000, 100), kind=kind))
    assert found.media == "image/jpeg"
    assert dots(found.data).format == "JPEG"
    assert max(found.width, found.height) == LONGEST


def test_of_a_photo_with_several_pictures_the_first_is_kept() -> None:
    out, second = io.BytesIO(), Image.new("RGB", (30, 30), "red")
    Image.new("RGB", (40, 20), "teal").save(out, "MPO", save_all=True, append_images=[second])
    assert (checked(out.getvalue()).width, checked(out.getvalue()).height) == (40, 20)


def test_what_is_see_through_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
    assert min(dots(checked(out.getvalue()).data).getpixel((10, 10))) > 250


def test_what_stands_behind_the_picture_is_not_kept() -> None:
    raw = photo() + b"\0" * 50 + b"the film of a moving photo"
    assert b"film" not in checked(raw).data


def archive() -> bytes:
    """A small zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("x.txt", "x")
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


REFUSED = {
    "nothing": (b"", "空"),
    "words": (b"hello", "照片"),
    "program": (b"MZ\x90\0" + b"\0" * 100, "程序"),
    "program of Linux": (b"\x7fELF" + b"\0" * 100, "程序"),
    "script": (b"#!/bin/sh\n", "程序"),
    "web page": (b"<!doctype html><script>alert(1)</script>", "网页"),
    "drawing with a script": (b"  <svg onload='x()'></svg>", "网页"),
    "archive": (archive(), "压缩包"),
    "gif": (photo(kind="GIF"), "JPEG"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 50, "HEIC"),
    "half a photo": (photo()[:300], "损坏"),
    "only the head of a photo": (b"\xff\xd8\xff\xe0 nothing else", "损坏"),
    "bomb": (bomb(60_000, 60_000), "损坏"),
    "wide bomb": (bomb(12_000, 12_000), "像素"),
    "photo that is an archive": (photo() + archive(), "夹带"),
    "photo with a script": (photo(comment=b"<script>alert(1)</script>"), "夹带"),
    "photo that is a document": (photo() + document(), "夹带"),
    "document that is an archive": (document() + archive(), "夹带"),
    "too large": (photo() + b"\0" * MOST_BYTES, "过大"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_a_photo_or_a_document_is_refused_with_what_would_be_right(name: str) -> None:
    raw, word = REFUSED[name]
    with pytest.raises(Invalid) as refused:
        checked(raw)
    assert word in refused.value.sentence
    assert "JPEG" in refused.value.sentence and "PDF" in refused.value.sentence


def test_a_document_passes_as_it_is() -> None:
    raw = document(3)
    found = checked(raw)
    assert (found.media, found.pages, found.data) == ("application/pdf", 3, raw)


ACTIVE = {
    "script at opening": document(catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert)>>"),
    "script by name": document(catalogue=b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>"),
    "program": document(catalogue=b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "file inside": document(catalogue=b"/Names<</EmbeddedFiles<</Names[]>>>>"),
    "action of a page": document(page=b"/AA<</O<</S/Named/N/Print>>>>"),
    "form that sends": document(page=b"/Annots[<</Subtype/Link/A<</S/SubmitForm/F(x)>>>>]"),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_a_document_that_would_act_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="自动执行"):
        checked(ACTIVE[name])


def test_a_document_that_opens_at_a_page_is_none_of_these() -> None:
    assert checked(document(catalogue=b"/OpenAction[3 0 R/Fit]")).pages == 1


@pytest.mark.parametrize("raw", [b"%PDF-1.4\nnothing", document()[:40], document(301)])
def test_a_broken_or_endless_document_is_refused(raw: bytes) -> None:
    with pytest.raises(Invalid):
        checked(raw)
