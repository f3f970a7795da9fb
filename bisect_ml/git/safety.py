"""What keeps git from running, fetching, asking for or printing anything on a repository's behalf.

A repository is untrusted: its configuration, attributes and ref names may have been written to harm
whoever looks at it. Git therefore runs with an explicit repository directory, none of the user's or
the caller's own configuration, and every key overridden that could start a program or bend the
answers of the few commands that are used. No command here touches an index or a work tree.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

OPTIONS: tuple[str, ...] = (
    "--no-pager",
    "--literal-pathspecs",
    *(
        part
        for setting in (
            f"core.hooksPath={os.devnull}",
            f"core.attributesFile={os.devnull}",
            "core.fsmonitor=false",
            "core.untrackedCache=false",
            "core.bigFileThreshold=16m",
            "protocol.allow=never",
            "credential.helper=",
            "log.showSignature=false",
            "log.mailmap=false",
            "log.showRoot=true",
            "log.decorate=false",
            "log.date=default",
            "i18n.logOutputEncoding=UTF-8",
            "color.ui=false",
            "diff.noprefix=false",
            "diff.mnemonicPrefix=false",
            "diff.interHunkContext=0",
            "diff.context=3",
            "diff.algorithm=default",
            f"diff.orderFile={os.devnull}",
            "diff.ignoreSubmodules=none",
            "diff.submodule=short",
            "diff.suppressBlankEmpty=false",
            "diff.renameLimit=1000",
            "diff.relative=false",
        )
        for part in ("-c", setting)
    ),
)

DIFF_OPTIONS: tuple[str, ...] = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-color-moved")

_FULL_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# Characters that git allows in no ref name, and those that would make a name an expression.
_NOT_IN_A_REF = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/]|/$|\.$|\.lock$")


def environment(git_dir: Path, common_dir: Path) -> dict[str, str]:
    """Return the variables that pin the repository and undo the caller's own `GIT_*` settings.

    A hook or a CI job starts us with variables such as `GIT_DIR` or `GIT_OBJECT_DIRECTORY` that name
    another repository. They cannot be removed from the environment that GitPython copies, so each is
    set to what it would be if nobody had set it.
    """
    return {
        **{name: "0" for name in os.environ if name.startswith("GIT_TRACE")},
        "GIT_DIR": str(git_dir),
        "GIT_COMMON_DIR": str(common_dir),
        "GIT_WORK_TREE": str(git_dir),
        "GIT_OBJECT_DIRECTORY": str(common_dir / "objects"),
        "GIT_SHALLOW_FILE": str(common_dir / "shallow"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_NAMESPACE": "",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_CONFIG_COUNT": "0",
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_DIFF_OPTS": "",
        "GIT_EXTERNAL_DIFF": "",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
    }


def fetch_environment(git_dir: Path, common_dir: Path, url: str) -> dict[str, str]:
    """Return the variables of a fetch into the objects of a repository that reads none of its settings.

    Args:
        git_dir: An empty repository of our own.
        common_dir: The repository whose objects are added to.
        url: Where to fetch from; it is no argument, since it may hold credentials.
    """
    pinned = {
        name: value
        for name, value in environment(git_dir, git_dir).items()
        if name not in {"GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_NO_LAZY_FETCH"}
    }
    settings = {
        "remote.origin.url": url,
        "remote.origin.promisor": "true",
        "remote.origin.partialCloneFilter": "blob:none",
        "fetch.negotiationAlgorithm": "noop",
        "core.hooksPath": os.devnull,
        "core.fsmonitor": "false",
        "gc.auto": "0",
        "maintenance.auto": "false",
    }
    counted = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (name, value) in enumerate(settings.items()):
        counted |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return {
        **pinned,
        **counted,
        "GIT_OBJECT_DIRECTORY": str(common_dir / "objects"),
        "GIT_ALLOW_PROTOCOL": "https:http:ssh:git:file",
    }


def is_full_sha(text: str) -> bool:
    """Tell whether a text is a whole object name, of either hash."""
    return _FULL_SHA.fullmatch(text) is not None


def is_plain_ref(text: str) -> bool:
    """Tell whether a text can name a branch, tag or commit and can be nothing else to git."""
    return bool(text) and len(text) <= 1024 and not _NOT_IN_A_REF.search(text)


def without_credentials(url: str) -> str:
    """Return an address without user name, password, query and fragment."""
    if "://" not in url:
        return re.sub(r"^[^@/:]+@", "", url)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, f"[{host}]{port}" if ":" in host else host + port, parts.path, "", ""))


def web_url(remote: str) -> str | None:
    """Return where a browser finds a remote, or None for a folder or an address that is no host's."""
    address = without_credentials(remote)
    if scp := re.fullmatch(r"([\w.-]+\.[\w-]+):(?!/)(.+)", address):
        address = f"https://{scp.group(1)}/{scp.group(2)}"
    parts = urlsplit(address)
    if parts.scheme not in {"https", "http", "ssh", "git"} or not parts.hostname:
        return None
    host = parts.netloc if parts.scheme in {"https", "http"} else parts.hostname
    scheme = "http" if parts.scheme == "http" else "https"
    return f"{scheme}://{host}{parts.path.removesuffix('/').removesuffix('.git')}"


def single_line(stderr: bytes, names: Mapping[str, str]) -> str:
    """Return the last `fatal:` or `error:` line of git's complaint, addresses without credentials.

    Args:
        stderr: What git wrote.
        names: Paths to write shorter, each with what stands for it.
    """
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    told = (
        [line for line in lines if line.startswith(("fatal:", "error:"))] or lines or ["git gave no reason"]
    )
    line = re.sub(r"\w+://\S+", lambda match: without_credentials(match.group()), told[-1])
    for path, name in names.items():
        line = line.replace(path, name)
    return re.sub(r"^(fatal|error): ", "", line)
