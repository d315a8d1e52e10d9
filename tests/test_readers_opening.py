import errno
import io
import os
import pathlib

import pytest

from munidx.errors import SourceError
from munidx.readers import Limits, open_source, open_stream

SMALL = Limits(bytes=8)


def code_of(path: pathlib.Path | str, limits: Limits = SMALL) -> str:
    with pytest.raises(SourceError) as caught:
        open_source(path, limits)
    return caught.value.code


def test_takes_a_file_by_its_base_name(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "計画 1.txt"
    path.write_bytes(b"12345678")
    source = open_source(str(path), SMALL)
    assert (source.name, source.data) == ("計画 1.txt", b"12345678")


def test_each_fault_has_its_code(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"123456789")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    assert code_of(tmp_path / "nowhere") == "file-missing"
    assert code_of(tmp_path / "large" / "below") == "file-missing"
    assert code_of(str(tmp_path / "a\0b")) == "file-missing"
    assert code_of(tmp_path) == "file-is-directory"
    assert code_of(tmp_path / "pipe") == "file-not-regular"
    assert code_of("/dev/null") == "file-not-regular"
    assert code_of(tmp_path / "empty") == "file-empty"
    assert code_of(tmp_path / "large") == "file-too-large"
    assert code_of(tmp_path / "loop") == "file-unreadable"
    assert code_of(tmp_path / ("n" * 300)) == "file-unreadable"


def test_a_forbidden_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(pathlib.Path, "open", refuse)
    assert code_of(path) == "file-forbidden"


def test_a_large_file_is_refused_before_it_is_read(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "zeros"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("opened")

    monkeypatch.setattr(pathlib.Path, "open", refuse)
    with pytest.raises(SourceError) as caught:
        open_source(path)
    assert caught.value.code == "file-too-large"
    assert caught.value.params == {"size": 200 * 1024 * 1024, "allowed": 64 * 1024 * 1024}
    assert caught.value.location.document == str(path)


def test_a_name_that_is_no_utf8_is_made_printable(tmp_path: pathlib.Path) -> None:
    path = os.fsencode(tmp_path) + b"/\x8cv\x89\xe6.txt"
    with open(path, "wb") as stream:  # noqa: PTH123 - the name is bytes
        stream.write(b"x")
    name = open_source(os.fsdecode(path)).name
    assert name.encode("utf-8")
    assert name.endswith(".txt")


class Stream(io.BytesIO):
    """Counts what is asked of it, and never ends."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert size > 0
        self.taken += size
        return b"\n" * size


def test_a_stream_is_read_up_to_one_byte_past_the_bound() -> None:
    stream = Stream()
    with pytest.raises(SourceError) as caught:
        open_stream(stream, "-", SMALL)
    assert caught.value.code == "file-too-large"
    assert stream.taken == 9


def test_a_stream_becomes_a_source() -> None:
    source = open_stream(io.BytesIO(b"12345678"), "stdin", SMALL)
    assert (source.name, source.data) == ("stdin", b"12345678")
    with pytest.raises(SourceError) as caught:
        open_stream(io.BytesIO(), "stdin")
    assert caught.value.code == "file-empty"


def test_a_stream_that_fails() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "gone", size)

    with pytest.raises(SourceError) as caught:
        open_stream(Broken(), "stdin")
    assert caught.value.code == "file-unreadable"
    assert caught.value.params == {"reason": "EIO"}


def test_settings_of_limits() -> None:
    assert Limits().with_settings(depth=3, lines=7) == Limits(depth=3, lines=7)
    for name, value in (("depht", 3), ("depth", 0)):
        with pytest.raises(ValueError, match=name):
            Limits().with_settings(**{name: value})
