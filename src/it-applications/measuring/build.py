"""Builds applications with Maven and their images with Docker, and runs the plugin's goals on them."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring.image import Image, docker

APPLICATIONS = Path(__file__).resolve().parent.parent
DIFF = "target/readonly-rootfs/fix.diff"


def goal(name):
    """The plugin's goal as a command line names it without a configured plugin group."""
    pom = (APPLICATIONS.parent.parent / "pom.xml").read_text()
    group, artifact, version = (re.search(f"<{key}>(.+?)</{key}>", pom).group(1) for key in ("groupId", "artifactId", "version"))
    return f"{group}:{artifact}:{version}:{name}"


def maven(directory, *arguments):
    """What Maven printed."""
    done = subprocess.run(["mvn", "-B", "-ntp", *arguments], cwd=directory, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\nmvn {' '.join(arguments)} fails in {directory}")
    return done.stdout


def drive(directory):
    return json.loads((directory / "drive.json").read_text())


def goals(directory):
    """What the command line of the plugin's goals begins with: `goals`, else `package` without the phase."""
    told = drive(directory)
    return told.get("goals", [word for word in told.get("package", []) if word != "package"])


def check(directory):
    """Builds and checks the application, and keeps the diff of what `fix` would change beside the report."""
    package = drive(directory).get("package", ["package"])
    if "goals" in drive(directory):
        maven(directory, "-q", *package)
        package = goals(directory)
    printed = maven(directory, "-q", *package, goal("check"), goal("fix"), "-Dreadonly-rootfs.failOn=never", "-Dreadonly-rootfs.dryRun")
    lines = [line for line in printed.splitlines() if not line.startswith("[")]
    start = next((number for number, line in enumerate(lines) if line.startswith("--- ")), len(lines))
    (directory / DIFF).write_text("".join(line + "\n" for line in lines[start:]))


def diff(directory):
    return (directory / DIFF).read_text().splitlines()


def images(directory, packaged):
    """The image of each container of the application in that directory."""
    told = drive(directory)
    if not packaged and (directory / "pom.xml").exists():
        maven(directory, "-q", *told.get("maven", told.get("package", ["package"])))
    built = {}
    for name, part in told["containers"].items():
        tag = part.get("image", f"measured/{directory.name}-{name}".lower())
        dockerfile = directory / part.get("dockerfile", "Dockerfile")
        if "image" not in part:
            for base in re.findall(r"(?m)^FROM (\S+)", dockerfile.read_text()):
                make_base(base)
            subprocess.run(["docker", "build", "-q", "--network", "host", "-t", tag, "-f", dockerfile,
                            directory / part.get("context", ".")], check=True, stdout=subprocess.DEVNULL)
        built[name] = Image(tag)
    return built


def make_base(reference):
    stand_in = APPLICATIONS / "bases" / (reference.replace(":", "-").replace("/", "-") + ".Dockerfile")
    if not stand_in.exists() or docker("image", "ls", "-q", reference):
        return
    for base in re.findall(r"(?m)^FROM (\S+)", stand_in.read_text()):
        make_base(base)
    print(f"making {reference}", flush=True)
    with tempfile.TemporaryDirectory() as context:
        script = stand_in.with_suffix(".context")
        if script.exists():
            subprocess.run([script, context], check=True)
        subprocess.run(["docker", "build", "-q", "--network", "host", "--label", "stand-in=" + reference, "-t", reference,
                        "-f", stand_in, context], check=True, stdout=subprocess.DEVNULL)
