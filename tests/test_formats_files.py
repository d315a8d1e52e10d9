import os
import pathlib
import stat

import pytest

from munidx.formats.files import replace_file


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a"
    replace_file(path, b"1")
    path.chmod(0o600)
    replace_file(str(path), b"2")
    assert path.read_bytes() == b"2"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path: pathlib.Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("target")
    replace_file(link, b"1")
    assert link.is_symlink()
    assert (tmp_path / "target").read_bytes() == b"1"


def test_a_device_is_written_to() -> None:
    replace_file("/dev/null", b"1")
    assert stat.S_ISCHR(pathlib.Path("/dev/null").stat().st_mode)


def test_a_fault_leaves_what_was_there(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(self: pathlib.Path, target: object) -> None:
        raise OSError(28, os.strerror(28), str(self), None, str(target))

    monkeypatch.setattr(pathlib.Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
