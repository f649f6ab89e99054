"""A pack in one zip: the same bytes every time, and nothing is believed of a zip from elsewhere."""

import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import PackError, load_pack, read_pack, shipped_packs
from scenarios.archive import MAX_ARCHIVE, pack_up, unpack
from tests.scenarios.files import HEADER, NEAR_MISS, files_of, outpatient

KIB_256 = 256 * 1024


def zipped(*entries, method=zipfile.ZIP_DEFLATED):
    """A zip as another program might write it; an entry is a name or a ZipInfo, and its bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def refusal_of(data):
    with pytest.raises(PackError) as refusal:
        unpack(data, "pack.zip")
    return str(refusal.value).splitlines()


def link(name, target):
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry, target


@pytest.mark.parametrize("path", shipped_packs(), ids=lambda path: path.name)
def test_every_shipped_pack_comes_back_as_it_was(path):
    files = files_of(path)

    again = unpack(pack_up(files), "pack.zip")

    assert again == files
    assert read_pack(again) == load_pack(path)


def test_the_same_files_are_the_same_bytes_in_any_order():
    files = outpatient()

    assert pack_up(files) == pack_up(dict(reversed(files.items())))
    assert zipfile.ZipFile(io.BytesIO(pack_up(files))).namelist() == [
        HEADER,
        *sorted(files.keys() - {HEADER}),
    ]


def test_a_zip_that_somebody_made_of_the_folder_is_read():
    data = zipped(
        ("outpatient-ot/", b""), *((f"outpatient-ot/{name}", one) for name, one in outpatient().items())
    )

    assert unpack(data, "pack.zip") == outpatient()


# name: (what is in the zip, what is said of it)
REFUSED = {
    "a path that climbs out": ([("../a.yaml", b"")], "../a.yaml: This path leads out of the pack."),
    "an absolute path": ([("/etc/a.yaml", b"")], "/etc/a.yaml: This path leads out of the pack."),
    "a path of Windows": ([("C:a.yaml", b"")], "C:a.yaml: This path leads out of the pack."),
    "a folder in a folder": ([("a/b/c.yaml", b"")], "a/b/c.yaml: This path leads out of the pack."),
    "a symbolic link": ([link("a.yaml", b"/etc/passwd")], "a.yaml: This is no ordinary file."),
    "a program": ([("a.exe", b"")], "a.exe: This is no file of a pack."),
    "a file twice": ([("a.yaml", b""), ("A.yaml", b"")], "A.yaml: This file is there twice."),
    "two folders": ([("a/a.yaml", b""), ("b/b.yaml", b"")], "file: The files lie in more than one folder."),
    "a file that is too large": (
        [("a.yaml", b"0" * (KIB_256 + 1))],
        "a.yaml: The file has more than 256 KiB.",
    ),
    "a great many files": (
        [(f"{n}.yaml", b"") for n in range(201)],
        "file: The zip has more than 200 files.",
    ),
}


@pytest.mark.parametrize(("entries", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_belong_in_a_pack_is_refused_by_name(entries, expected):
    [problem] = refusal_of(zipped(*entries))

    assert problem.startswith(f"pack.zip:1: {expected} ")


def test_everything_that_is_wrong_is_told_at_once():
    said = refusal_of(zipped(("../a.exe", b""), link("../b.yaml", b"a")))

    assert [problem.split(": ")[1] for problem in said] == ["../a.exe", "../a.exe", "../b.yaml", "../b.yaml"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_usual_compression_is_read(method):
    [problem] = refusal_of(zipped(("a.yaml", b"a"), method=method))

    assert "compressed in a way that is not read" in problem


def test_an_encrypted_file_is_refused():
    data = bytearray(zipped(("a.yaml", b"a")))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert "The file is encrypted" in refusal_of(bytes(data))[0]


def test_a_file_that_hides_its_size_is_refused_before_it_is_unpacked():
    data = bytearray(zipped(("a.yaml", b"0" * 3_000_000)))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(mark) + place
        data[at : at + 4] = struct.pack("<I", 1_000)

    assert refusal_of(bytes(data))


def test_many_files_that_are_large_together_are_refused():
    files = [(f"{number}.yaml", b"0" * KIB_256) for number in range(40)]

    assert "The file is larger than it says" in refusal_of(zipped(*files))[0]


def test_a_zip_of_more_than_4_mib_is_not_opened():
    assert "The zip has more than 4096 KiB" in refusal_of(b"0" * (MAX_ARCHIVE + 1))[0]


@pytest.mark.parametrize("data", [b"", b"PK", b"id: a\n", pack_up(outpatient())[:-30]])
def test_what_is_no_sound_zip_is_refused(data):
    assert refusal_of(data) == ["pack.zip:1: file: This is not a sound zip. Export the pack again."]


@settings(max_examples=200, deadline=None)
@given(
    start=st.integers(0, 30_000),
    piece=st.binary(max_size=12),
    packed=st.sampled_from([pack_up(outpatient()), zipped(*outpatient().items())]),
)
def test_a_damaged_zip_is_a_pack_or_a_refusal(start, piece, packed):
    start %= len(packed)
    try:
        read_pack(unpack(packed[:start] + piece + packed[start + len(piece) :], "pack.zip"))
    except PackError as refusal:
        said = str(refusal)
    else:
        said = "It is a pack."
    assert said
    assert all(line.isprintable() for line in said.splitlines())


def test_the_near_miss_is_in_the_zip_as_it_is_on_disk():
    assert outpatient()[NEAR_MISS] in pack_up(outpatient())
