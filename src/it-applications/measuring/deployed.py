"""A container as ECS runs it: its root is read-only, and it has the mounts of its task definition and no others."""

import json
import sys

from measuring.container import Container
from measuring.image import docker


class Deployed(Container):
    def __init__(self, directory, name, drive, image, companions=(), logs=False):
        super().__init__(directory, name, drive, image, companions, logs)
        task = json.loads((directory / "taskdef.json").read_text())
        definition = next(c for c in task["containerDefinitions"] if c["name"] == name)
        self.prefix = f"deployed-{directory.name}-"
        self.volumes = {self.prefix + volume["name"] for volume in task.get("volumes", []) if set(volume) <= {"name"} or sys.exit(f"{volume}: not known here")}
        fargate = "FARGATE" in task.get("requiresCompatibilities", [])
        self.options += ["--read-only", *mounts(definition, image, self.prefix, fargate)]

    def deploy(self):
        """Runs it once, on empty volumes."""
        try:
            return self.start([], self.command)
        finally:
            docker("volume", "rm", "--force", *self.volumes) if self.volumes else None


def mounts(definition, image, prefix, fargate):
    """The options of `docker run`. On Fargate an empty volume gets the image's content and owner only where the image
    declares a VOLUME at exactly that path; with Docker, and so on EC2, it always does."""
    options = []
    for mount in definition.get("mountPoints", []):
        path = mount["containerPath"]
        bare = fargate and path not in (image.config.get("Volumes") or {})
        flags = [flag for flag, given in (("ro", mount.get("readOnly")), ("nocopy", bare)) if given]
        options += ["--volume", ":".join([prefix + mount["sourceVolume"], path, ",".join(flags) or "rw"])]
    for tmpfs in definition.get("linuxParameters", {}).get("tmpfs", []):
        options += ["--tmpfs", f"{tmpfs['containerPath']}:" + ",".join([f"size={tmpfs['size']}m", *tmpfs.get("mountOptions", [])])]
    return options
