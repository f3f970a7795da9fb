from dataclasses import replace

import pytest

from bisect_ml.report.links import commit_url, pull_request_url, web_url
from bisect_ml.saved_report import Inputs
from tests import reports, saved_nouns

SHA = saved_nouns.sha(1)


def inputs(url: str | None, template: str | None = None) -> Inputs:
    return replace(reports.clean().inputs, repository_url=url, link_template=template)


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("https://github.com/acme/scoring.git", "https://github.com/acme/scoring"),
        ("https://user:token@github.com/acme/scoring", "https://github.com/acme/scoring"),
        ("git@github.com:acme/scoring.git", "https://github.com/acme/scoring"),
        (
            "ssh://git@gitlab.example.org:2222/group/sub/scoring.git",
            "https://gitlab.example.org/group/sub/scoring",
        ),
        ("http://gitea.local.test:3000/acme/scoring", "http://gitea.local.test:3000/acme/scoring"),
        ("git@ssh.dev.azure.com:v3/acme/risk/scoring", "https://dev.azure.com/acme/risk/_git/scoring"),
        ("https://acme@dev.azure.com/acme/risk/_git/scoring", "https://dev.azure.com/acme/risk/_git/scoring"),
        ("git@bitbucket.org:acme/scoring.git", "https://bitbucket.org/acme/scoring"),
        ("/srv/git/scoring.git", None),
        ("../scoring", None),
        ("file:///srv/git/scoring", None),
        ("C:\\repos\\scoring", None),
        ("history.bundle", None),
        ("", None),
        ("javascript:alert(1)", None),
        ('https://evil.example/"><script>', None),
        ("https://[::1/", None),
        ("https://host.example", None),
    ],
)
def test_remotes(remote: str, url: str | None) -> None:
    assert web_url(remote) == url


@pytest.mark.parametrize(
    ("base", "commit", "request_"),
    [
        ("https://github.com/a/b", f"https://github.com/a/b/commit/{SHA}", "https://github.com/a/b/pull/7"),
        (
            "https://gitlab.com/a/b",
            f"https://gitlab.com/a/b/-/commit/{SHA}",
            "https://gitlab.com/a/b/-/merge_requests/7",
        ),
        (
            "https://bitbucket.org/a/b",
            f"https://bitbucket.org/a/b/commits/{SHA}",
            "https://bitbucket.org/a/b/pull-requests/7",
        ),
        (
            "https://dev.azure.com/a/p/_git/b",
            f"https://dev.azure.com/a/p/_git/b/commit/{SHA}",
            "https://dev.azure.com/a/p/_git/b/pullrequest/7",
        ),
        (
            "https://codeberg.org/a/b",
            f"https://codeberg.org/a/b/commit/{SHA}",
            "https://codeberg.org/a/b/pulls/7",
        ),
    ],
)
def test_each_host_has_its_own_pages(base: str, commit: str, request_: str) -> None:
    assert commit_url(inputs(base), SHA) == commit
    assert pull_request_url(inputs(base), "#7") == request_


def test_a_template_overrides_the_host() -> None:
    given = inputs("https://github.com/a/b", "https://code.example/r?id={sha}")
    assert commit_url(given, SHA) == f"https://code.example/r?id={SHA}"
    assert pull_request_url(given, "7") is None


@pytest.mark.parametrize(
    "template", ["javascript:alert('{sha}')", "//x/{sha}", "https://u:p@h.example/{sha}", "a b"]
)
def test_no_template_makes_a_link_that_is_no_web_address(template: str) -> None:
    assert commit_url(inputs(None, template), SHA) is None


@pytest.mark.parametrize("number", ["7; x", "javascript:1", "", None, "#", "1234567890123"])
def test_only_numbers_are_pull_requests(number: str | None) -> None:
    assert pull_request_url(inputs("https://github.com/a/b"), number) is None


def test_without_a_remote_nothing_is_linked() -> None:
    assert commit_url(inputs(None), SHA) is None
    assert commit_url(inputs("https://github.com/a/b"), None) is None
    assert commit_url(inputs("https://github.com/a/b"), "not a sha") is None
