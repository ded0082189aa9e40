"""The browser's extension: it asks who is here, and saves a page with its files where the library may be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.library.changes.plans import undo
from citetool.library.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.conftest import Answer, Client

EXTENSION = {
    "User-Agent": "Mozilla/5.0", "Origin": "chrome-extension://x", "X-Zotero-Version": "8.0",
    "X-Zotero-Connector-API-Version": "3",
}  # fmt: skip
LETTER = {
    "id": "a1", "itemType": "letter", "title": "Letter to Hull", "date": "1944-06-26",
    "accessDate": "CURRENT_TIMESTAMP",
    "creators": [{"firstName": "W. Averell", "lastName": "Harriman", "creatorType": "author"}],
    "archive": "Library of Congress", "archiveLocation": "Container 173, W. Averell Harriman Papers",
    "url": "https://example.org/letter", "tags": [{"tag": "war", "type": 1}, "lend-lease"],
    "notes": [{"note": "<p>Seen</p>"}], "attachments": [{"title": "Snapshot", "snapshot": False}],
}  # fmt: skip


def ask(client: Client, name: str, body: Any = None, **headers: str) -> Answer:
    return client("POST", f"/connector/{name}", body if body is not None else {}, **(EXTENSION | headers))


def records(client: Client) -> dict[str, Any]:
    return dict(Library(client.root))


def saved(client: Client, session: str = "s1") -> str:
    before = set(records(client))
    answer = ask(client, "saveItems", {"sessionID": session, "uri": "https://example.org/page", "items": [LETTER]})
    assert (answer.status, answer.body) == (201, b"")
    (key,) = set(records(client)) - before
    return str(key)


def test_it_learns_that_somebody_is_here(client: Client) -> None:
    answer = ask(client, "ping", {"activeURL": "https://example.org"})
    assert answer.status == 200
    assert answer.headers["x-zotero-version"]
    assert answer.json["prefs"]["supportsAttachmentUpload"] is False
    assert "citetool" in client.get("/connector/ping").text
    assert "citetool" in ask(client, "getSelectedCollection").json["libraryName"]


def test_nothing_is_saved_unless_it_is_allowed(client: Client) -> None:
    before = set(records(client))
    for name in ("saveItems", "saveSnapshot", "saveSingleFile", "updateSession", "saveAttachment?sessionID=s",
                 "saveStandaloneAttachment?sessionID=s", "import?session=s"):  # fmt: skip
        answer = ask(client, name, {"sessionID": "s", "items": [LETTER], "title": "x", "url": "http://x.example"})
        assert (answer.status, answer.json) == (500, {"libraryEditable": False}), name
    assert set(records(client)) == before
    assert ask(client, "getSelectedCollection").json["libraryEditable"] is False


def test_a_page_is_saved_with_the_place_in_its_archive(saving: Client) -> None:
    key = saved(saving)
    record = records(saving)[key]
    assert record.title == "Letter to Hull"
    assert str(record.creators[0].name) == "Harriman, W. Averell"
    assert record.archive.get("repository") == "Library of Congress"
    assert record.archive.get("container") == "Container 173"
    assert set(record.tags) == {"war", "lend-lease"}
    assert record.metadata.url == "https://example.org/page"
    assert record.digital.url == "https://example.org/letter"


def test_each_saving_is_told_and_can_be_undone(saving: Client) -> None:
    key = saved(saving)
    assert f"{key} saved" in saving.said[0]
    undo(Library(saving.root))
    assert key not in records(saving)


def test_a_session_is_one_popup(saving: Client) -> None:
    saved(saving)
    again = ask(saving, "saveItems", {"sessionID": "s1", "items": [LETTER]})
    assert (again.status, again.json) == (409, {"error": "SESSION_EXISTS"})
    old = ask(saving, "saveItems", {"sessionID": "s2", "items": [LETTER]}, **{"X-Zotero-Connector-API-Version": "2"})
    assert (old.status, old.json) == (400, {"error": "CONNECTOR_VERSION_OUTDATED"})


def test_files_come_beside_the_record(saving: Client) -> None:
    key = saved(saving)
    about = (
        '{"id": "f1", "parentItemID": "a1", "title": "=?UTF-8?Q?Vollst=C3=A4ndig?=", "contentType": "application/pdf"}'
    )
    headers = {"Content-Type": "application/pdf", "X-Metadata": about}
    assert ask(saving, "saveAttachment?sessionID=s1", b"%PDF-1.4 x", **headers).status == 201
    page = {"sessionID": "s1", "title": "Letter", "snapshotContent": "<html><script>x</script></html>"}
    assert ask(saving, "saveSingleFile", page).status == 201
    files = records(saving)[key].files
    assert [(file.kind, file.note) for file in files] == [("copy", "Vollständig"), ("snapshot", "Letter")]
    assert (saving.root / files[0].path).read_bytes() == b"%PDF-1.4 x"
    shown = saving.get(f"/file/1/{key}")
    assert shown.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in shown.headers["content-security-policy"]


def test_what_is_missing_is_named(saving: Client) -> None:
    pdf = {"Content-Type": "application/pdf"}
    about = {"X-Metadata": "{}"}
    for name, headers, error in (
        ("saveAttachment?sessionID=s1", pdf, "METADATA_NOT_PROVIDED"),
        ("saveAttachment", pdf | about, "SESSION_ID_NOT_PROVIDED"),
        ("saveAttachment?sessionID=no", pdf | about, "SESSION_NOT_FOUND"),
    ):
        answer = ask(saving, name, b"x", **headers)
        assert (answer.status, answer.json) == (400, {"error": error})


def test_the_popup_changes_its_tags_and_note(saving: Client) -> None:
    key = saved(saving)
    for tags, note in ((["a", "b"], "first"), (["b", "c"], "second")):
        answer = ask(saving, "updateSession", {"sessionID": "s1", "target": "L1", "tags": tags, "note": note})
        assert (answer.status, answer.json) == (200, {})
    record = records(saving)[key]
    assert set(record.tags) == {"war", "lend-lease", "b", "c"}
    assert record.notes == ("Seen", "second")


def test_references_of_a_download_are_saved(saving: Client) -> None:
    ris = b"TY  - BOOK\nTI  - A Book\nAU  - Hull, Cordell\nPY  - 1948\nER  - \n"
    answer = ask(saving, "import?session=r1", ris, **{"Content-Type": "application/x-research-info-systems"})
    assert answer.status == 201
    assert "A Book" in {record.title for record in records(saving).values()}
    assert ask(saving, "import?session=r2", b"nothing", **{"Content-Type": "text/plain"}).status == 400


def test_a_page_without_translator_and_a_file_by_itself(saving: Client) -> None:
    assert (
        ask(saving, "saveSnapshot", {"sessionID": "w", "url": "https://example.org/w", "title": "A page"}).status == 201
    )
    about = {"X-Metadata": '{"url": "https://example.org/x.pdf", "title": "A file"}', "Content-Type": "application/pdf"}
    answer = ask(saving, "saveStandaloneAttachment?sessionID=p", b"%PDF-1.4", **about)
    assert (answer.status, answer.json) == (201, {"canRecognize": False})
    assert {"A page", "A file"} <= {record.title for record in records(saving).values()}


def test_a_style_is_installed_where_the_library_finds_it(saving: Client) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>House style</title>'
        "<id>http://www.zotero.org/styles/house</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout><text variable="title"/></layout></citation></style>'
    )
    kind = {"Content-Type": "text/plain"}
    answer = ask(saving, "installStyle?origin=x", style.encode(), **kind)
    assert (answer.status, answer.json) == (201, {"name": "House style"})
    shown = saving.get("/zotxt/items?citekey=219945&format=bibliography&style=house")
    assert shown.status == 200
    assert "styles/house.csl saved" in saving.said[-1]
    assert ask(saving, "installStyle?origin=x", b"<html/>", **kind).status == 400


def test_a_style_that_is_sent_is_never_the_name_of_a_file(saving: Client, tmp_path: Path) -> None:
    style = tmp_path / "secret.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note"><info><title>Secret</title></info></style>'
    )
    for path in (style, tmp_path, tmp_path / "no-such"):
        answer = ask(saving, "installStyle?origin=x", str(path).encode(), **{"Content-Type": "text/plain"})
        assert answer.status == 400
        assert "Secret" not in answer.text
        assert "irectory" not in answer.text
    assert not (saving.root / "styles").exists()


def test_a_style_by_the_path_of_a_file_is_refused(client: Client) -> None:
    for style in ("/etc/passwd", "../styles/chicago.csl", "file:///x.csl"):
        assert client.get(f"/zotxt/items?citekey=219945&format=bibliography&style={style}").status == 400
        error = client.rpc("item.bibliography", [["219945"], {"id": style}])["error"]
        assert "no style" in error["message"]


def test_a_session_that_saved_nothing_may_be_opened_again(saving: Client) -> None:
    nothing = {"sessionID": "again", "uri": "https://example.org/page", "items": []}
    assert ask(saving, "saveItems", nothing).json == {"error": "ITEMS_NOT_PROVIDED"}
    assert saved(saving, "again")
    assert ask(saving, "saveItems", {**nothing, "items": [LETTER]}).json == {"error": "SESSION_EXISTS"}
