from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from citetool import config
from citetool.cli.app import main
from citetool.problems import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in config.SETTINGS:
        monkeypatch.delenv(config.variable(name), raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "work" / "records").mkdir(parents=True)
    (tmp_path / "work" / "records" / "a.yaml").write_text('id: "a"\nkind: book\ntitle: A Title\ndate: 1950\n')
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_nearer_place_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = home / "work" / "records"
    assert config.lookup("style", library) == ("chicago", "default")
    user = write(config.user_file(), 'style = "mla"\nlocale = "de-DE"\n')
    assert config.lookup("style", library) == ("mla", str(user))
    above = write(home / "work" / "citetool.toml", 'style = "apa"\n')
    assert config.lookup("style", library) == ("apa", str(above))
    inside = write(library / "citetool.toml", 'style = "nara"\n')
    assert config.lookup("style", library) == ("nara", str(inside))
    assert config.lookup("locale", library) == ("de-DE", str(user))
    monkeypatch.setenv("CITETOOL_STYLE", "wilson-center")
    assert config.lookup("style", library) == ("wilson-center", "$CITETOOL_STYLE")


def test_a_style_starts_as_the_setting_says(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cited(*options: str) -> str:
        assert main(["cite", "a", *options]) == 0
        return capsys.readouterr().out

    chicago, mla = cited("--style", "chicago"), cited("--style", "mla")
    assert chicago != mla
    assert cited() == chicago
    assert main(["config", "style", "mla"]) == 0
    assert cited() == mla
    assert cited("--style", "chicago") == chicago
    assert main(["config", "--here", "style", "chicago"]) == 0
    assert (home / "work" / "citetool.toml").read_text() == 'style = "chicago"\n'
    assert cited() == chicago
    monkeypatch.setenv("CITETOOL_STYLE", "mla")
    assert cited() == mla
    assert cited("--format", "html") != mla
    monkeypatch.setenv("CITETOOL_FORMAT", "html")
    assert "<i>" in cited()


def test_a_library_names_no_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = home / "elsewhere" / "records"
    write(library / "citetool.toml", 'editor = "touch planted"\nlibrary = "x"\n')
    assert config.lookup("editor", library).text == config.lookup("library", library).text == ""
    user = write(config.user_file(), 'editor = "ed"\n')
    assert config.lookup("editor", library) == ("ed", str(user))
    assert main(["config", "--here", "editor", "ed"]) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_settings_of_another_user_name_no_program(home: Path) -> None:
    os.chown(write(config.user_file(), 'editor = "evil"\n'), 65534, 65534)
    with pytest.raises(InputError, match="belong to another user"):
        config.lookup("editor")
    os.chown(config.user_file(), os.geteuid(), -1)
    assert config.lookup("editor").text == "evil"


def test_switches(home: Path) -> None:
    write(config.user_file(), "strict = true\n")
    assert main(["export", "219945", "--to", "coins", "-o", "out"]) == 1
    assert main(["export", "219945", "--to", "coins", "-o", "out", "--no-strict"]) == 0


def test_config_lists_each_with_its_origin(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(config.user_file(), 'style = "mla"\n[libraries]\nthesis = "~/thesis"\n')
    assert main(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*config.SETTINGS, "libraries.thesis"]
    assert lines[0].split() == ["style", "mla", str(config.user_file())]
    assert main(["config", "style"]) == 0
    assert capsys.readouterr().out == "mla\n"
    assert main(["config", "libraries.thesis"]) == 0
    assert capsys.readouterr().out == "~/thesis\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stile", "mla"], "did you mean 'style'?"),
        (["style", "nosuch-style"], "no style 'nosuch-style'"),
        (["format", "htm"], "did you mean 'html'?"),
        (["form", "foot"], "there is no form 'foot'"),
        (["strict", "perhaps"], "neither true nor false"),
        (["--unset"], "which setting?"),
        (["--here", "library", "x"], "leave out --here"),
    ],
)
def test_a_wrong_setting_changes_nothing(
    arguments: list[str], said: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not config.user_file().exists()
    assert not (home / "work" / "citetool.toml").exists()


def test_a_change_keeps_all_other_lines() -> None:
    file = write(config.user_file(), '# mine\nstyle = "mla"  # for now\n\n[libraries]\nthesis = "/t"\n')
    config.write_setting(file, "locale", "de-DE")
    config.write_setting(file, "libraries.my notes", "/n")
    config.write_setting(file, "strict", "yes")
    config.write_setting(file, "style", None)
    assert file.read_text() == (
        '# mine\nlocale = "de-DE"\nstrict = true\n\n[libraries]\nthesis = "/t"\n"my notes" = "/n"\n'
    )
    assert config.read_settings(file) == {
        "locale": "de-DE", "strict": "true", "libraries.thesis": "/t", "libraries.my notes": "/n",
    }  # fmt: skip


def test_a_value_of_any_text_comes_back() -> None:
    for value in ('a "quoted" \\ one', "two\nlines", "ключ", "\x7f", "'''"):
        config.write_setting(config.user_file(), "editor", value)
        assert config.read_settings(config.user_file()) == {"editor": value}


def test_what_cannot_be_changed_by_lines_is_left() -> None:
    file = write(config.user_file(), 'editor = """\nstyle = "mla"\n"""\n')
    with pytest.raises(InputError, match="change it by hand"):
        config.write_setting(file, "style", "apa")
    assert file.read_text() == 'editor = """\nstyle = "mla"\n"""\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("style = mla\n", None, "not TOML"),
        ('a = "b"\nstile = "mla"\n', 2, "did you mean 'style'?"),
        ("\nstyle = 3\n", 2, "not a text"),
        ('strict = "perhaps"\n', 1, "neither true nor false"),
        ('[libraries]\nthesis = ["a"]\n', 2, "not a text"),
    ],
)
def test_a_faulty_file_is_told_with_its_line(text: str, line: int | None, said: str) -> None:
    file = write(config.user_file(), text)
    with pytest.raises(InputError) as caught:
        config.read_settings(file)
    problem = caught.value.problems[-1]
    assert said in str(problem)
    assert (problem.where.source, problem.where.line) == (str(file), line)
    assert main(["cite", "a"]) == 1


def test_a_variable_that_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITETOOL_LINKS", "perhaps")
    with pytest.raises(UsageError, match="neither true nor false"):
        config.lookup("links")


def test_libraries_have_names(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = home / "other"
    other.mkdir()
    (other / "b.yaml").write_text('id: "b"\nkind: book\ntitle: Other\n')
    assert main(["config", "libraries.thesis", str(other)]) == 0
    capsys.readouterr()
    assert main(["list", "-L", "thesis", "--keys"]) == 0
    assert capsys.readouterr().out == "b\n"
    assert main(["list", "-L", "thesos", "--keys"]) == 1


def test_the_library_of_the_settings_is_used_where_none_is_near(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = home / "other"
    other.mkdir()
    write(config.user_file(), f'library = "thesis"\n[libraries]\nthesis = "{other}"\n')
    assert main(["library", "path"]) == 0
    assert capsys.readouterr().out == f"{home / 'work' / 'records'}\n"
    monkeypatch.chdir(home)
    assert main(["library", "path"]) == 0
    assert capsys.readouterr().out == f"{other}\n"
    write(config.user_file(), f'library = "{home}/none"\n')
    assert config.default_library() == home / "none"


def test_a_changed_file_is_read_again(home: Path) -> None:
    import os

    file = write(config.user_file(), 'style = "mla"\n')
    os.utime(file, (1, 1))
    assert config.read_settings(file) == {"style": "mla"}
    assert config.read_settings(file) == {"style": "mla"}
    write(file, 'style = "apa"\n')
    os.utime(file, (1, 1))
    assert config.read_settings(file) == {"style": "apa"}


def test_settings_of_a_library_that_lead_elsewhere_are_not_read(home: Path) -> None:
    outside = write(home / "outside.toml", 'style = "secret"\n')
    library = home / "theirs" / "records"
    library.mkdir(parents=True)
    for place in (library, library.parent):
        link = place / config.FILE_OF_LIBRARY
        link.symlink_to(outside)
        with pytest.raises(InputError, match="leads out of the library"):
            config.read_settings(link)
        link.unlink()
    write(library / "shared.toml", 'style = "mla"\n')
    (library / config.FILE_OF_LIBRARY).symlink_to("shared.toml")
    assert config.read_settings(library / config.FILE_OF_LIBRARY) == {"style": "mla"}
