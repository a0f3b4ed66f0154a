"""The translations are complete, and the tool that says so finds what it must."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from django.utils import translation

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "tools"))

import translations  # noqa: E402 (tools/translations.py)
from i18n.catalogues import complain, disagreements, update  # noqa: E402
from i18n.messages import Found, Message  # noqa: E402
from i18n.pythonfiles import read_python  # noqa: E402
from i18n.templates import read_template  # noqa: E402

Write = Callable[[str], Path]


def test_the_translations_are_complete() -> None:
    assert translations.problems() == []


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(text: str) -> Path:
        path = tmp_path / "source"
        path.write_text(text)
        return path

    return put


def python(path: Path) -> tuple[list[tuple[str | None, str, str | None]], list[str]]:
    messages, problems = read_python(path, "x.py")
    return [message.key for message in messages], problems


def template(path: Path) -> tuple[set[tuple[str | None, str, str | None]], list[str]]:
    messages, problems = read_template(path, "x.html")
    return {message.key for message in messages}, problems


def test_python_calls_under_any_name(write: Write) -> None:
    keys, problems = python(
        write(
            "from django.utils.translation import gettext_lazy as _, ngettext, pgettext as p\n"
            "from django.utils import translation\n"
            "a = _('satu ' 'dua')\n"
            "b = ngettext('%(n)s orang', '%(n)s orang semua', n)\n"
            "c = p('bulan', 'Mei')\n"
            "d = translation.gettext('lima')\n"
            "e = _(variable)\n"
            "def f(gettext): return gettext('not ours')\n"
        )
    )
    assert problems == []
    assert keys == [
        (None, "satu dua", None),
        (None, "%(n)s orang", "%(n)s orang semua"),
        ("bulan", "Mei", None),
        (None, "lima", None),
    ]


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("_(f'halo {name}')", "no f-string"),
        ("_('halo %s' % name)", "after gettext"),
        ("_('halo {}'.format(name))", ".format"),
        ("_('halo %s')", "name the placeholder"),
        ("_('halo {}')", "name the placeholder"),
    ],
)
def test_python_calls_that_cannot_be_translated(write: Write, call: str, complaint: str) -> None:
    source = f"from django.utils.translation import gettext as _\nx = {call}\n"
    _keys, problems = python(write(source))
    assert len(problems) == 1
    assert complaint in problems[0]


def test_templates_are_read_as_django_reads_them(write: Write) -> None:
    keys, problems = template(
        write(
            "{% load i18n %}{% translate 'Pegawai' %}{% translate 'Mei' context 'bulan' %}"
            "{% if x == _('Ya') %}{% for y in z %}{{ y|default:_('kosong') }}{% endfor %}"
            "{% else %}{% translate '100% selesai' %}{% endif %}"
            "{% with a=_('judul') %}{{ a }}{% endwith %}{{ _('tepi') }}"
            "{% blocktranslate trimmed with n=x %}\n  Ada {{ n }}\n  orang\n{% endblocktranslate %}"
            "{% blocktranslate trimmed count n=x %}{{ n }} unit{% plural %}{{ n }} unit-unit"
            "{% endblocktranslate %}{# {% translate 'no' %} #}"
        )
    )
    assert problems == []
    assert keys == {
        (None, "Pegawai", None),
        ("bulan", "Mei", None),
        (None, "Ya", None),
        (None, "kosong", None),
        (None, "100%% selesai", None),
        (None, "judul", None),
        (None, "tepi", None),
        (None, "Ada %(n)s orang", None),
        (None, "%(n)s unit", "%(n)s unit-unit"),
    }


def test_a_block_without_trimmed_is_refused(write: Write) -> None:
    _keys, problems = template(write("{% load i18n %}{% blocktranslate %}a{% endblocktranslate %}"))
    assert problems == ["x.html:1: blocktranslate needs trimmed"]


def test_a_broken_template_is_named(write: Write) -> None:
    _keys, problems = template(write("{% if %}"))
    assert len(problems) == 1
    assert problems[0].startswith("x.html: ")


def found(*texts: str) -> Found:
    messages = Found()
    for text in texts:
        messages.add(Message(text, "x.py"))
    return messages


def test_a_catalogue_follows_its_sources(tmp_path: Path) -> None:
    path = tmp_path / "locale/en/LC_MESSAGES/django.po"
    assert update(path, found("satu", "dua")) == (2, 0)
    catalogue = polib.pofile(str(path))
    catalogue.find("satu").msgstr = "one"
    catalogue.save()
    assert update(path, found("satu", "tiga")) == (1, 1)
    catalogue = polib.pofile(str(path))
    assert {entry.msgid: entry.msgstr for entry in catalogue} == {"satu": "one", "tiga": ""}
    assert update(path, found("satu", "tiga")) == (0, 0)


def test_what_a_catalogue_lacks_is_said() -> None:
    catalogue = polib.POFile()
    for text, english, flags in [
        ("kosong", "", []),
        ("ragu", "unsure", ["fuzzy"]),
        ("lama", "old", []),
        ("%(n)s orang", "people", []),
        ("halo", "hello %(name)s", []),
        ("baik", "good", []),
    ]:
        catalogue.append(polib.POEntry(msgid=text, msgstr=english, flags=flags))
    wanted = found("kosong", "ragu", "%(n)s orang", "halo", "baik", "baru")
    said = "\n".join(sorted(complain(catalogue, wanted)))
    assert said == "\n".join(
        [
            "a placeholder is missing in 'people'",
            "missing: 'baru'",
            "not translated: 'kosong'",
            "nowhere used: 'lama'",
            "unknown placeholder in 'hello %(name)s'",
            "unsure (fuzzy): 'ragu'",
        ]
    )


def test_two_applications_may_not_translate_the_same_words_differently() -> None:
    def catalogue(text: str, english: str, context: str | None = None) -> polib.POFile:
        made = polib.POFile()
        made.append(polib.POEntry(msgid=text, msgstr=english, msgctxt=context))
        return made

    said = disagreements(
        {
            "guidance": catalogue("Nilai", "Judge"),
            "people": catalogue("Nilai", "Value"),
            "pledges": catalogue("Nilai", "Rate", "tombol"),
        }
    )
    assert list(said) == [
        "'Nilai' needs one translation, or a context: {'guidance': 'Judge', 'people': 'Value'}"
    ]


def test_django_reads_what_we_compile() -> None:
    """The compiled catalogues of this checkout change the language of the pages."""
    translations.compile_all()
    catalogue = polib.pofile(str(translations.catalogue_path("elections")))
    entry = next(entry for entry in catalogue if entry.msgstr and entry.msgstr != entry.msgid)
    with translation.override("en"):
        assert translation.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else True
        if not entry.msgctxt and not entry.msgid_plural:
            assert translation.gettext(entry.msgid) == entry.msgstr
