"""The command line as people meet it: help, refusals, first steps."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netral.project import commandline
from netral.project.commands import COMMANDS, GROUPS, is_installed
from netral.speaking.sentences import choose_language
from tests.project.conftest import Place

NewPlace = Callable[..., Place]


@pytest.fixture
def bare(tmp_path: Path) -> Place:
    """A checkout that nobody configured."""
    return Place(tmp_path)


@pytest.mark.parametrize("language", ["id", "en"])
def test_help_lists_every_command_under_a_heading(language: str) -> None:
    choose_language(["--lang", language])
    text = commandline.overview()
    for entry in COMMANDS.values():
        assert entry.group in GROUPS
        if is_installed(entry):
            assert f"\n  {entry.name} " in text
            assert (entry.summary in text) == (language == "en")
    assert {"id": "Contoh:", "en": "Examples:"}[language] in text
    assert ".venv/bin/netral" in text, "where the command is"
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("name", [n for n, e in COMMANDS.items() if is_installed(e)])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for words in ([], ["--lang", "en"]):
        with pytest.raises(SystemExit) as end:
            commandline.main([name, "--help", *words])
        assert end.value.code == 0
        texts.append(capsys.readouterr().out)
        assert f"netral {name}" in texts[-1]
        assert len(texts[-1].splitlines()) > 4
    indonesian, english = texts
    assert indonesian.startswith("cara pakai: netral") and "\npilihan:\n" in indonesian
    assert english.startswith("usage: netral") and "\noptions:\n" in english
    left = re.findall(r"\b(?:the|and|with|this|usage|options|of|what|which)\b", indonesian)
    assert not left, "a word of English in the Indonesian help"


def test_the_environment_chooses_the_language(bare: Place) -> None:
    assert bare.netral("rnu").stderr.startswith("netral: there is no command")
    del bare.usual["NETRAL_LANG"]
    said = bare.netral("rnu").stderr
    assert said == "netral: tidak ada perintah 'rnu'; netral --help menampilkan semuanya\n"
    bare.settings["NETRAL_LANG"] = "fr"
    done = bare.netral("jobs")
    assert done.returncode == 2
    assert done.stderr == "netral: NETRAL_LANG bernilai 'fr'; tulis salah satu: id, en\n"


@pytest.mark.parametrize("words", ["ask", "ask --phase senin boleh?", "run --port x", "log fsck x"])
def test_a_wrong_call_is_explained_in_indonesian(words: str, bare: Place) -> None:
    del bare.usual["NETRAL_LANG"]
    done = bare.netral(*words.split())
    assert done.returncode == 2
    assert not re.search(r"\b(usage|error|argument|unknown|the)\b", done.stderr), done.stderr


def test_help_is_instant_because_django_is_not_loaded(bare: Place) -> None:
    script = (
        "import sys; from netral.project.commandline import main; main(['--help']); "
        "sys.exit('django' in sys.modules or 'structlog' in sys.modules)"
    )
    done = bare.python("-c", script)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Netral:")


def test_an_unknown_command_is_one_sentence(bare: Place) -> None:
    done = bare.netral("rnu")
    assert done.returncode == 2
    assert done.stderr == "netral: there is no command 'rnu'; netral --help lists them\n"


@pytest.mark.parametrize(
    "command",
    ["netral.project.commandline law matrix --on 2024-10-07",
     "netral.project.commandline --help",
     "netral.project.commandline ask --help",
     "netral.project.commandline ask boleh gak like postingan calon",
     "netral.project.commandline periksa --json Coblos-nomor-2",
     "netral.law matrix --on 2024-10-07"],
)  # fmt: skip
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_who_stops_early_sees_no_traceback(command: str, reader: str) -> None:
    piped = f"{sys.executable} -m {command} | {reader}"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_setting_with_a_slip_is_named(bare: Place) -> None:
    bare.settings["NETRAL_DEMO"] = "ture"
    done = bare.netral("jobs")
    assert done.returncode == 2
    assert done.stderr == "netral: NETRAL_DEMO is 'ture'; write true or false\n"


def test_commands_and_nightly_work_go_by_the_zone_of_the_office(bare: Place) -> None:
    told = """
import django
django.setup()
from datetime import UTC, datetime
from netral.base.jobs.schedule import Rhythm
from netral.speaking.times import moment
noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
print(moment(noon), Rhythm(2).next_after(noon).astimezone(UTC).hour, sep="|")
"""
    bare.settings["DJANGO_SETTINGS_MODULE"] = "netral.project.settings"
    for zone, said in (
        ("", "22 November 2026, pukul 20.00.00 WITA|18"),
        ("wib", "22 November 2026, pukul 19.00.00 WIB|19"),
        ("WIT", "22 November 2026, pukul 21.00.00 WIT|17"),
    ):
        bare.settings["NETRAL_TIME_ZONE"] = zone
        assert bare.python("-c", told).stdout.strip() == said
    bare.settings["NETRAL_TIME_ZONE"] = "GMT+7"
    refused = "netral: NETRAL_TIME_ZONE is 'gmt+7'; write one of: wita, wib, wit\n"
    assert bare.netral("jobs").stderr == refused


def test_a_database_that_is_not_there_is_one_sentence(bare: Place) -> None:
    bare.settings["NETRAL_DATABASE"] = "postgresql://nobody@127.0.0.1:1/nothing"
    done = bare.netral("jobs")
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "NETRAL_DATABASE" in done.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(bare: Place) -> None:
    (bare.folder / "file").touch()
    bare.settings["NETRAL_VAR"] = str(bare.folder / "file/var")
    done = bare.netral("upgrade")
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert "file/var" in done.stderr


class TestPeriksa:
    def test_parties_are_known_without_being_named(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert commandline.main(["periksa", "Sudah waktunya, ayo dukung Golkar"]) == 1
        assert "Dukungan atau ajakan memilih" in capsys.readouterr().out
        assert commandline.main(["periksa", "Rapat anggota koperasi hari Senin"]) == 0

    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_an_empty_text_is_no_text_without_risk(
        self, text: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert commandline.main(["periksa", text]) == 2
        said = capsys.readouterr()
        assert said.out == "" and "tulisannya kosong" in said.err


class TestInit:
    def test_it_writes_fresh_secrets_once(self, bare: Place) -> None:
        bare.must("init", "--public-url", "https://netral.contoh.go.id/")
        path = bare.folder / ".env"
        first = path.read_text()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "NETRAL_PUBLIC_URL=https://netral.contoh.go.id\n" in first
        secrets = [line.partition("=")[2] for line in first.splitlines() if "_KEY=" in line]
        assert len(set(secrets)) == 2
        assert min(map(len, secrets)) >= 60
        assert "is there already" in bare.refuses("init", "--public-url", "https://x.id")
        assert path.read_text() == first

    def test_two_installations_share_no_secret(self, bare: Place) -> None:
        texts = []
        for name in ("a", "b"):
            bare.settings["NETRAL_ENV_FILE"] = str(bare.folder / name)
            bare.must("init", "--public-url", "https://x.id")
            texts.append(set((bare.folder / name).read_text().splitlines()))
        assert not [line for line in texts[0] & texts[1] if "KEY=" in line]

    @pytest.mark.parametrize("address", ["netral.contoh.go.id", "ftp://x", "https://"])
    def test_a_half_address_is_refused(self, bare: Place, address: str) -> None:
        assert "--public-url" in bare.refuses("init", "--public-url", address)
        assert not (bare.folder / ".env").exists()

    @pytest.mark.parametrize("address", ["http://netral.contoh.go.id", "http://10.0.0.5:8000"])
    def test_an_address_without_tls_is_for_this_machine_alone(
        self, bare: Place, address: str
    ) -> None:
        assert "http://localhost:8000" in bare.refuses("init", "--public-url", address)
        assert not (bare.folder / ".env").exists()

    def test_without_tls_nothing_real_is_served_to_others(self, bare: Place) -> None:
        said = bare.must("init", "--public-url", "http://localhost:8471")
        assert "netral government" in said, "what comes next is said whole"
        assert "without TLS" in bare.refuses("run", "--host", "0.0.0.0")


class TestKindsOfInstallation:
    def test_unconfigured_is_a_demonstration(self, bare: Place) -> None:
        done = bare.netral("check", "--production")
        assert "netral.E003" in done.stdout
        assert done.returncode == 1

    def test_any_setting_makes_it_real(self, new_place: NewPlace) -> None:
        done = new_place("real").netral("check", "--production")
        assert "netral.E003" not in done.stdout
        assert "netral.E001" in done.stdout

    def test_a_real_register_is_never_served_as_a_demonstration(self, new_place: NewPlace) -> None:
        place = new_place("real")
        place.fill()
        place.settings["NETRAL_DEMO"] = "true"
        assert "holds a real register" in place.refuses("demo")
        assert "holds a real register" in place.refuses("demo", "--fresh")
        assert "holds a real register" in place.refuses("run", "--port", "8197")

    def test_a_demonstration_is_never_served_as_real(self, new_place: NewPlace) -> None:
        place = new_place("demo", empty=True, NETRAL_DEMO="true")
        place.must("upgrade")
        place.settings["NETRAL_DEMO"] = "false"
        assert "netral.E007" in place.netral("check").stdout
        sentence = "holds the demonstration"
        assert sentence in place.refuses("upgrade")
        place.settings["NETRAL_DEMO"] = "true"
        assert place.netral("check").returncode == 0

    def test_a_demonstration_needs_the_setting(self, new_place: NewPlace) -> None:
        assert "NETRAL_DEMO=true" in new_place("real").refuses("demo")


class TestJobs:
    def test_failed_jobs_are_shown_without_their_data_and_tried_again(
        self, new_place: NewPlace
    ) -> None:
        place = new_place("jobs")
        script = (
            "import django; django.setup(); from tests.base.jobs import sample; "
            "sample.cannot_succeed.enqueue('/dev/null')"
        )
        place.settings["DJANGO_SETTINGS_MODULE"] = "netral.project.settings"
        assert place.python("-c", script).returncode == 0
        assert "1 waiting" in place.must("jobs")
        done = place.netral("worker", "--until-empty")
        assert done.returncode == 0
        said = place.must("jobs")
        assert "1 failed" in said
        assert "GiveUp" in said
        assert "/dev/null" not in said
        assert "no failed job" in place.refuses("jobs", "--retry", "ffffffff")
        assert "1 job(s) queued again" in place.must("jobs", "--retry", "all")
        place.netral("worker", "--until-empty")
        assert "netral.W003" in place.netral("check").stdout
        assert "1 job(s) forgotten" in place.must("jobs", "--forget", "all")


def test_the_first_administrator_gets_a_link_and_no_password(new_place: NewPlace) -> None:
    place = new_place("real", NETRAL_PUBLIC_URL="https://netral.contoh.go.id")
    words = ("admin", "--name", "Sari Contoh", "--username", "admin.bkd")
    said = place.must(*words)
    assert "https://netral.contoh.go.id/" in said
    assert "password" not in said.lower()
    code = re.search(r"k=(\w+)", said)
    again = place.must(*words)
    assert "was there already" in again
    assert code is not None
    assert code[1] not in again
    assert "there are: -" in place.refuses(*words[:-1], "lain", "--government", "99")
    assert "netral government 99" in place.refuses(*words[:-1], "lain", "--government", "99")


def test_a_government_comes_into_being_on_the_command_line(new_place: NewPlace) -> None:
    place = new_place("real")
    said = place.must("government", "64.02", "--name", "Pemerintah Kabupaten Contoh")
    assert "Regency, WITA." in said
    assert "--government 64.02" in said
    assert "TIME_ZONE" not in said
    west = place.must("government", "32.01", "--name", "Pemerintah Kabupaten Lain", "--lang", "id")
    assert "untuk WIB tulis NETRAL_TIME_ZONE=wib di berkas setelan" in west
    assert "already" in place.refuses("government", "64.02", "--name", "Lain")
    assert "64.02" in place.refuses("government", "six", "--name", "Lain")
    words = ("--name", "Sari Contoh", "--username", "sari", "--government", "64.02")
    assert "Account sari made" in place.must("admin", *words)
