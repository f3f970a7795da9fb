"""Files that are whole or absent."""

import os
from pathlib import Path

from bisect_ml.errors import ConfigError


def write_whole(path: Path, text: str) -> None:
    """Write a file through a temporary one beside it, so that it is never half-written.

    Raises:
        ConfigError: The file cannot be written.
    """
    try:
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with temporary.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}", "choose another place") from None
