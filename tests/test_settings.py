"""Settings come from the environment, are all named in .env.example, and a wrong one stops the start with a sentence."""

from __future__ import annotations

import ast
import atexit
import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

from newsroom.database import BASE

#: A start that works, whatever the environment or the .env of this machine say.
RIGHT = {
    "PATH": os.environ["PATH"],
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "",
    "SITE_URL": "http://127.0.0.1:8000",
    "EDITIONS": "en,uk",
    "DATABASE_URL": "postgresql://db.example/newsroom",
    "CACHE_URL": "db://cache",
    "EMAIL_URL": "console://",
}


#: A Python that has the libraries of the settings and none of ours. It forks for each start, which so takes no second.
STARTER = """
import json, os, sys, traceback
import csp.constants, django.conf.locale, django.utils.translation, django_prose_editor.config, environs, js_asset
for line in sys.stdin:
    start = json.loads(line)
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{start['folder']}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ.clear()
    os.environ.update(start["environment"])
    failed = 0
    try:
        exec(start["code"])
    except BaseException:
        traceback.print_exc()
        failed = 1
    sys.stdout.flush()
    os._exit(failed)
"""


@cache
def starter() -> subprocess.Popen[str]:
    command = [sys.executable, "-c", STARTER]
    process = subprocess.Popen(command, cwd=BASE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.communicate)
    return process


def start(code: str = "import newsroom.settings", **changed: str) -> subprocess.CompletedProcess[str]:
    process = starter()
    assert process.stdin
    assert process.stdout
    with tempfile.TemporaryDirectory() as folder:
        asked = {"folder": folder, "environment": RIGHT | changed, "code": code}
        print(json.dumps(asked), file=process.stdin, flush=True)
        status = int(process.stdout.readline())
        out, err = (Path(folder, name).read_text() for name in ("out", "err"))
    return subprocess.CompletedProcess(code, status, out, err)


def names_read() -> set[str]:
    """The first argument of every call such as env.str("NAME")."""
    calls = (node for node in ast.walk(ast.parse((BASE / "newsroom/settings.py").read_text())))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.func.attr != "read_env"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_the_example_names_every_setting_that_is_read_and_no_other():
    named = re.findall(r"^#([A-Z_]+)=", (BASE / ".env.example").read_text(), re.MULTILINE)
    assert len(named) == len(set(named))
    assert set(named) == names_read()


def test_every_setting_of_the_example_has_an_explanation_of_one_line():
    blocks = (BASE / ".env.example").read_text().strip().split("\n\n")[1:]
    for block in blocks:
        explanation, setting = block.splitlines()
        assert explanation.startswith("# ")
        assert explanation.endswith(".")
        assert setting.startswith("#")


def test_the_example_copied_as_it_is_changes_nothing():
    assert all(not line or line.startswith("#") for line in (BASE / ".env.example").read_text().splitlines())


def test_right_settings_start():
    """In a Python of its own, as the others start in a fork of one that has the libraries already."""
    command = [sys.executable, "-c", "import newsroom.settings"]
    assert subprocess.run(command, cwd=BASE, env=RIGHT).returncode == 0
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"EDITIONS": "en,xx"}, "EDITIONS names xx, which is no language’s code."),
        ({"EDITIONS": ""}, "EDITIONS must name each edition once"),
        ({"EDITIONS": "en,en"}, "EDITIONS must name each edition once"),
        ({"SITE_URL": "news.example"}, "SITE_URL must be the public address of the site"),
        ({"SITE_URL": "ftp://news.example"}, "SITE_URL must be the public address of the site"),
        ({"SITE_URL": "https://news.example"}, "SECRET_KEY is missing."),
        ({"SITE_URL": "https://news.example", "SECRET_KEY": "long", "DEMO": "1"}, "so it runs on this machine only."),
        ({"HSTS_PRELOAD": "perhaps"}, 'A setting is wrong: Environment variable "HSTS_PRELOAD" invalid'),
        ({"DATABASE_URL": "nonsense"}, 'A setting is wrong: Environment variable "DATABASE_URL" invalid'),
        ({"CACHE_URL": "nonsense"}, 'A setting is wrong: Environment variable "CACHE_URL" invalid'),
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "DATABASE_URL must begin with postgresql://"),
        ({"SITE_URL": "http://[::"}, "SITE_URL must be the public address of the site"),
        ({"SITE_URL": "http://127.0.0.1/news"}, "SITE_URL must be the public address of the site"),
        ({"TIME_ZONE": "Kyiv"}, "TIME_ZONE must be the name of a time zone"),
        ({"EMAIL_URL": "nonsense"}, "EMAIL_URL must be an address"),
        ({"STORAGE_URL": "/srv/media"}, "STORAGE_URL is wrong: it must be file:///a/folder or s3://key:secret@bucket"),
        ({"STORAGE_URL": "s3://"}, "STORAGE_URL is wrong: it must be file:///a/folder or s3://key:secret@bucket"),
        ({"STORAGE_URL": "s3://bucket?acl=all"}, "STORAGE_URL is wrong: after the bucket only region= and endpoint="),
        ({"STORAGE_URL": "s3://bucket?region"}, "STORAGE_URL is wrong: "),
        ({"STORAGE_URL": "file:///dev/null/media"}, "STORAGE_URL is wrong: /dev/null/media/incoming cannot be made"),
        ({"MEDIA_URL": "media/"}, "MEDIA_URL is wrong: it must be /media/ or an address"),
        ({"MEDIA_URL": "https://cdn.example"}, "MEDIA_URL is wrong: it must be /media/ or an address"),
        ({"MEDIA_URL": "https://*;script-src */"}, "MEDIA_URL is wrong: it must be /media/ or an address"),
        ({"DEBUG": "perhaps"}, 'A setting is wrong: Environment variable "DEBUG" invalid'),
    ],
    ids=lambda value: "&".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(wrong: dict[str, str], sentence: str):
    stopped = start(**wrong)
    assert stopped.returncode != 0
    assert sentence in stopped.stderr.splitlines()[-1]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_the_demonstration_starts_on_this_machine(host: str):
    assert start(DEMO="1", SITE_URL=f"http://{host}:8000").returncode == 0


@pytest.mark.parametrize(
    ("changed", "hsts"),
    [
        ({}, [63_072_000, False, False]),
        ({"HSTS_SUBDOMAINS": "1"}, [63_072_000, True, False]),
        ({"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}, [63_072_000, True, True]),
        ({"HSTS_SUBDOMAINS": "1", "SITE_URL": "http://127.0.0.1:8000"}, [0, False, False]),
    ],
)
def test_https_is_asked_of_other_hosts_only_where_somebody_said_so(changed: dict[str, str], hsts: list[int | bool]):
    show = (
        "from newsroom import settings as s; "
        "print([s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD])"
    )
    environment = {"SITE_URL": "https://news.example", "SECRET_KEY": "long"} | changed
    assert start(show, **environment).stdout.strip() == str(hsts)


def shown(expression: str, **changed: str) -> str:
    """What a part of the settings is at an installation at https."""
    environment = {"SITE_URL": "https://news.example", "SECRET_KEY": "long"} | changed
    return start(f"from newsroom import settings as s; print({expression})", **environment).stdout.strip()


def test_a_bucket_holds_the_files_and_pages_may_show_pictures_from_its_host_alone():
    options = shown(
        "[*(s.STORAGES['default']['OPTIONS'][k] for k in "
        "('access_key', 'secret_key', 'bucket_name', 'region_name', 'endpoint_url', 'location')), "
        "s.STORAGES['public']['OPTIONS']['location'], s.STORAGES['public']['OPTIONS']['querystring_auth'], "
        "s.FILE_UPLOAD_TEMP_DIR]",
        STORAGE_URL="s3://key:a%2Fb@bucket?region=eu-central-1&endpoint=https://s3.example",
    )
    assert options == str(
        ["key", "a/b", "bucket", "eu-central-1", "https://s3.example", "private", "public", False, None]
    )
    cdn = {"MEDIA_URL": "https://cdn.example:8443/public/"}
    policies = "s.CONTENT_SECURITY_POLICY['DIRECTIVES'], s.ADMIN_POLICY"
    images = str(["'self'", "data:", "https://cdn.example:8443"])
    assert shown(f"*(p['img-src'] for p in ({policies}))", **cdn) == f"{images} {images}"
    assert shown(f"str([{policies}]).count('example')", **cdn) == "2"
    assert shown("s.CROSS_ORIGIN_EMBEDDER_POLICY", **cdn) == "credentialless"  # a bucket seldom says who may load
    assert shown("s.CROSS_ORIGIN_EMBEDDER_POLICY") == "require-corp"


def test_at_https_the_cookies_are_bound_to_the_host():
    assert shown("s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME") == "__Host-session __Host-csrf"
    assert shown("s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE") == "True"
