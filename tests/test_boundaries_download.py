"""Fetching from a server of our own, which answers in the documented formats and with everything that goes wrong."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from boundaries import download
from boundaries.download import cache_folder, cached, fetch
from geo.errors import DataError, InputError

DISTRICT = {
    "type": "Feature",
    "properties": {"shapeName": "Syunik", "shapeISO": "AM-SU", "shapeID": "1", "shapeGroup": "ARM", "shapeType": "ADM1"},
    "geometry": {"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40], [46, 39]]]},
}
COLLECTION = json.dumps({"type": "FeatureCollection", "features": [DISTRICT]}).encode()


def zipped(name: str, text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, text)
    return held.getvalue()


class Server:
    """Answers by path: bytes, a status, or bytes with a length that is not theirs; counts what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | int] = {}
        self.cut: set[str] = set()
        self.cut_once: set[str] = set()
        self.asked: list[str] = []
        self.ranges: list[int] = []
        handler = self._handler()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                answer = server.answers.get(self.path, 404)
                if isinstance(answer, int):
                    self.send_error(answer)
                    return
                first = int(self.headers.get("Range", "bytes=0-")[6:-1])
                server.ranges.append(first)
                self.send_response(206 if first else 200)
                self.send_header("Content-Length", str((len(answer) - first) * (2 if self.path in server.cut else 1)))
                self.end_headers()
                last = 100_000 if self.path in server.cut_once and not first else len(answer)
                self.wfile.write(answer[first:last])

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def close(self) -> None:
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    held = Server()
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "cache"))
    for which in ("GEOBOUNDARIES", "NATURAL_EARTH", "GEONAMES"):
        monkeypatch.setenv(f"MARCHLAND_{which}_URL", f"{held.url}/{which.lower()}/")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    api = {
        "boundaryLicense": "Open Data Commons Open Database License 1.0",
        "boundarySource": "OpenStreetMap",
        "gjDownloadURL": f"{held.url}/raw/geoBoundaries-ARM-ADM1.geojson",
    }
    held.answers = {
        "/geoboundaries/ARM/ADM1/": json.dumps(api).encode(),
        "/raw/geoBoundaries-ARM-ADM1.geojson": COLLECTION,
        "/natural_earth/ne_10m_admin_1_states_provinces.zip": zipped("ne_10m_admin_1_states_provinces.shp", "x"),
        "/geonames/AM.zip": zipped("AM.txt", "616052\tYerevan\n"),
        "/geonames/alternatenames/AM.zip": zipped("AM.txt", "1\t616052\thy\tԵրևան\n"),
    }
    yield held
    held.close()


GEOJSON = "/raw/geoBoundaries-ARM-ADM1.geojson"
NAME = "geoboundaries-arm-adm1"


def files() -> set[str]:
    return {path.name for path in cache_folder().glob("*")} if cache_folder().exists() else set()


def test_geoboundaries_is_found_through_its_api_with_licence_and_source(server: Server) -> None:
    found = fetch(NAME)
    assert found.downloaded
    assert found.path.read_bytes() == COLLECTION
    assert found.remote.licence == "Open Data Commons Open Database License 1.0"
    assert "OpenStreetMap" in found.remote.attribution
    assert server.asked == ["/geoboundaries/ARM/ADM1/", GEOJSON]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("natural-earth-admin1", "ne_10m_admin_1_states_provinces.zip"),
        ("geonames-am", "geonames-AM.zip"),
        ("GeoNames-AM-names", "geonames-AM-names.zip"),
    ],
)
def test_archives_are_fetched_from_the_documented_addresses(server: Server, name: str, file: str) -> None:
    found = fetch(name)
    assert found.path == cache_folder() / file
    assert zipfile.is_zipfile(found.path)
    assert found.remote.licence in ("public domain", "CC BY 4.0")


def test_second_time_comes_from_the_cache_without_the_network(server: Server) -> None:
    first = fetch(NAME)
    many = len(server.asked)
    second = fetch(NAME.upper())
    assert len(server.asked) == many
    assert replace(second, downloaded=True) == first
    assert not second.downloaded


def test_cache_holds_the_file_and_its_record_and_nothing_else(server: Server) -> None:
    found = fetch(NAME)
    assert files() == {found.path.name, f"{NAME}.record.json"}
    record = json.loads((cache_folder() / f"{NAME}.record.json").read_text(encoding="utf-8"))
    assert record["sha256"] == found.sha256
    assert record["url"] == server.url + GEOJSON


def test_file_that_changed_in_the_cache_is_refused_until_it_is_fetched_again(server: Server) -> None:
    path = fetch(NAME).path
    path.write_bytes(COLLECTION + b" ")
    with pytest.raises(DataError, match=r"has changed since it was fetched.*--again"):
        fetch(NAME)
    assert fetch(NAME, again=True).path.read_bytes() == COLLECTION
    assert cached(NAME) is not None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (404, "the server answers 404; there is no such dataset"),
        (503, "the server answers 503"),
        (b"", "is empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 5\n", "Git-LFS pointer"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (COLLECTION[:-20], "not whole JSON"),
        (b"PK\x03\x04", "not JSON"),
    ],
)
def test_wrong_answers_are_told_in_one_line_and_nothing_is_kept(server: Server, answer: bytes | int, reason: str) -> None:
    server.answers[GEOJSON] = answer
    with pytest.raises(DataError, match=reason) as raised:
        fetch(NAME)
    assert "\n" not in str(raised.value)
    assert server.url in str(raised.value)
    assert files() == set()


def test_unknown_country_is_told_by_the_api(server: Server) -> None:
    with pytest.raises(DataError, match="404; there is no such dataset at this source"):
        fetch("geoboundaries-xxx-adm1")


@pytest.mark.parametrize("answer", [b"[]", b'{"boundarySource": "x"}', b'{"gjDownloadURL": "file:///etc/passwd"}'])
def test_api_that_names_no_file_is_told(server: Server, answer: bytes) -> None:
    server.answers["/geoboundaries/ARM/ADM1/"] = answer
    with pytest.raises(DataError, match="names no file"):
        fetch(NAME)


@pytest.mark.parametrize("path", [GEOJSON, "/geonames/AM.zip"])
def test_connection_that_breaks_leaves_nothing_behind(server: Server, path: str) -> None:
    server.cut.add(path)
    with pytest.raises(DataError, match="broke before the file was whole"):
        fetch(NAME if path == GEOJSON else "geonames-am")
    assert files() == set()


def test_download_goes_on_where_the_connection_broke(server: Server) -> None:
    server.answers["/geonames/AM.zip"] = zipped("AM.txt", "Yerevan\n" * 25_000)
    server.cut_once.add("/geonames/AM.zip")
    assert fetch("geonames-am").path.read_bytes() == server.answers["/geonames/AM.zip"]
    assert server.ranges == [0, download.CHUNK]


@pytest.mark.parametrize("keep", [10, 60])
def test_archive_that_is_not_whole_is_refused(server: Server, keep: int) -> None:
    server.answers["/geonames/AM.zip"] = server.answers["/geonames/AM.zip"][:keep]  # type: ignore[index]  # it holds bytes here
    with pytest.raises(DataError, match="not a whole zip archive"):
        fetch("geonames-am")
    assert files() == set()


def test_archive_with_a_flipped_byte_is_refused(server: Server) -> None:
    server.answers["/geonames/AM.zip"] = zipped("AM.txt", "Yerevan").replace(b"Yerevan", b"Yerevam", 1)
    with pytest.raises(DataError, match=r"AM.txt in the archive is damaged"):
        fetch("geonames-am")


def test_failure_leaves_what_was_fetched_before(server: Server) -> None:
    before = fetch(NAME)
    server.answers[GEOJSON] = 500
    with pytest.raises(DataError):
        fetch(NAME, again=True)
    assert cached(NAME) == replace(before, downloaded=False)


def test_known_checksum_is_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(download.KNOWN_HASHES, server.url + GEOJSON, "0" * 64)
    with pytest.raises(DataError, match="not the one that was expected"):
        fetch(NAME)
    assert files() == set()


def test_server_that_is_not_there_is_told_as_being_offline(server: Server) -> None:
    server.close()
    server.close = lambda: None  # type: ignore[method-assign]  # closed by now
    for name in (NAME, "geonames-am"):
        with pytest.raises(DataError, match="are you offline"):
            fetch(name)


def test_server_that_does_not_answer_is_a_timeout(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "TIMEOUT_S", 0.05)
    gate = threading.Event()
    handler = server.http.RequestHandlerClass
    answer: Callable[[object], None] = handler.do_GET  # type: ignore[attr-defined]  # the handler above has it
    monkeypatch.setattr(handler, "do_GET", lambda self: gate.wait(2) and answer(self))
    try:
        with pytest.raises(DataError, match="no answer within"):
            fetch("geonames-am")
    finally:
        gate.set()


@pytest.mark.parametrize("name", ["gadm", "geonames-armenia", "geoboundaries-arm", "geoboundaries-arm-adm9", "../etc", ""])
def test_unknown_name_lists_the_known_ones(server: Server, name: str) -> None:
    with pytest.raises(InputError, match="natural-earth-admin1"):
        fetch(name)
    assert server.asked == []


def test_sources_are_public_data_and_encrypted() -> None:
    assert all(url.startswith("https://") for url in [*download.BASES.values(), *download.KNOWN_HASHES])
