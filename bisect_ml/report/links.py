"""Web addresses of commits and pull requests, from the address of the repository."""

import re
from typing import Protocol
from urllib.parse import quote, urlsplit


class Linked(Protocol):
    """What says where commits are on the web: the address of the repository, or a template."""

    @property
    def repository_url(self) -> str | None:
        """The web address of the repository, None where it has none."""

    @property
    def link_template(self) -> str | None:
        """The web address of a commit with `{sha}` in place of its sha, None where the first will do."""


_SCP = re.compile(r"^(?:[\w.+-]+@)?(?P<host>[\w.-]+\.[\w-]+):(?!//)(?P<path>[^\\]+)$")
_UNSAFE = re.compile(r"[\s<>\"'`\\\x00-\x1f]")
_AZURE_SSH = re.compile(r"^v3/(?P<org>[^/]+)/(?P<project>[^/]+)/(?P<repo>[^/]+)$")


def web_url(remote: str) -> str | None:
    """Turn a git remote into the web address of its repository, without credentials.

    Understands `https`, `ssh`, `git` and `user@host:path` remotes of GitHub, GitLab, Bitbucket, Azure
    DevOps and Gitea. None for anything else: a folder, a bundle, a host without a dot.
    """
    remote = remote.strip()
    scp = _SCP.match(remote) if "://" not in remote else None
    if scp:
        host, path = scp["host"], scp["path"]
        scheme, port = "https", None
    else:
        try:
            parts = urlsplit(remote)
            host, path, port = parts.hostname or "", parts.path, parts.port
        except ValueError:
            return None
        if parts.scheme not in ("https", "http", "ssh", "git", "git+ssh") or "." not in host:
            return None
        scheme = "http" if parts.scheme == "http" else "https"
        if parts.scheme not in ("https", "http"):
            port = None
    path = path.strip("/").removesuffix(".git")
    azure = _AZURE_SSH.match(path)
    if azure and host in ("ssh.dev.azure.com", "vs-ssh.visualstudio.com"):
        host = "dev.azure.com"
        path = f"{azure['org']}/{azure['project']}/_git/{azure['repo']}"
    if not path or _UNSAFE.search(path):
        return None
    return f"{scheme}://{host}{f':{port}' if port else ''}/{quote(path, safe='/%~+-._')}"


def commit_url(where: Linked, sha: str | None) -> str | None:
    """Return the web address of a commit, None where the report does not know one."""
    if sha is None or not re.fullmatch(r"[0-9a-f]{7,64}", sha):
        return None
    if where.link_template:
        return _safe(where.link_template.replace("{sha}", sha))
    base = _base(where)
    if base is None:
        return None
    host = _host(base)
    if "gitlab" in host:
        return f"{base}/-/commit/{sha}"
    if "bitbucket" in host:
        return f"{base}/commits/{sha}"
    return f"{base}/commit/{sha}"


def pull_request_url(where: Linked, number: str | None) -> str | None:
    """Return the web address of a pull or merge request, None where the report does not know one."""
    digits = re.fullmatch(r"[#!]?(\d{1,9})", number or "")
    base = _base(where)
    if not digits or base is None or where.link_template:
        return None
    host = _host(base)
    if "gitlab" in host:
        return f"{base}/-/merge_requests/{digits[1]}"
    if "bitbucket" in host:
        return f"{base}/pull-requests/{digits[1]}"
    if host == "dev.azure.com" or host.endswith(".visualstudio.com"):
        return f"{base}/pullrequest/{digits[1]}"
    if host == "github.com" or "github" in host:
        return f"{base}/pull/{digits[1]}"
    return f"{base}/pulls/{digits[1]}"


def _base(where: Linked) -> str | None:
    return web_url(where.repository_url) if where.repository_url else None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _safe(url: str) -> str | None:
    """Let through web addresses only: a report must never hold a link that runs something."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username is not None:
        return None
    return None if _UNSAFE.search(url) else url
