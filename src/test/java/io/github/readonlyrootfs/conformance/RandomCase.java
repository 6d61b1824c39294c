// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/** Writes one random case as a {@code .case} file, the same for the same seed and index. */
final class RandomCase {
    private static final int MIN_PATHS = 5;
    private static final int MAX_PATHS = 10;

    private final Pick pick;
    private final RandomNames names;
    private final String title;

    private RandomCase(long seed, int index) {
        this.pick = new Pick(seed, index);
        this.names = new RandomNames(pick);
        this.title = "case " + index + " of seed " + seed;
    }

    static String text(long seed, int index) {
        return new RandomCase(seed, index).text();
    }

    static ConformanceCase of(long seed, int index) {
        return ConformanceCase.parse("random/" + seed + "-" + index, text(seed, index));
    }

    private String text() {
        boolean buildkit = pick.chance(65);
        RandomDockerfile app = new RandomDockerfile(pick, buildkit);
        RandomDockerfile side = pick.chance(25) ? new RandomDockerfile(pick, buildkit) : null;
        RandomTask task = new RandomTask(pick, app, side);
        StringBuilder text = new StringBuilder("# sentence: ").append(title).append('\n');
        text.append("builder: ").append(buildkit ? "buildkit" : "classic").append('\n');
        if (pick.chance(15)) {
            text.append("build-arg: APP_DIR=").append(names.made(app.image())).append('\n');
        }
        text.append("--- Dockerfile\n").append(app.text()).append('\n');
        if (side != null) {
            text.append("--- Dockerfile side\n").append(side.text()).append('\n');
        }
        text.append("--- taskdef.json\n").append(task.text()).append('\n');
        text.append(context());
        text.append("--- paths\n");
        Set<String> paths = paths(app, task, pick.between(MIN_PATHS, MAX_PATHS));
        paths.forEach(path -> text.append(path).append('\n'));
        if (side != null) {
            paths(side, task, MIN_PATHS).forEach(path -> text.append(path).append(" @side\n"));
        }
        return text.toString();
    }

    /** The build context, the same for all cases. */
    static String context() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(RandomDockerfile.CONTEXT).forEach((path, mode) -> {
            text.append("--- context ").append(path).append(' ').append(mode).append('\n');
            if (!path.endsWith("/")) {
                text.append("text\n");
            }
        });
        return text.toString();
    }

    private Set<String> paths(RandomDockerfile file, RandomTask task, int count) {
        Set<String> paths = new LinkedHashSet<>();
        pick.some(file.volumes(), 3).forEach(path -> paths.add(near(path)));
        pick.some(task.mounted(), 3).forEach(path -> paths.add(near(path)));
        Sketch image = file.image();
        while (paths.size() < count) {
            int kind = pick.between(0, 9);
            if (kind == 0 && !image.files.isEmpty()) {
                paths.add(pick.of(image.files));
            } else if (kind == 1 && !image.links.isEmpty()) {
                paths.add(near(pick.of(image.links)));
            } else if (kind == 2) {
                paths.add(pick.one("/tmp", "/run", "/var/run/x", "/dev/shm", "/etc/hosts", "/home", "/"));
            } else if (kind <= 5 && !task.mounted().isEmpty()) {
                paths.add(near(pick.of(task.mounted())));
            } else {
                paths.add(near(pick.chance(80) ? names.made(image) : names.fresh(image)));
            }
        }
        return paths;
    }

    /** The path, or one next to it. */
    private String near(String path) {
        String clean = path.replaceAll("/\\.\\./|/+$", "/").replaceFirst("(.)/$", "$1");
        return switch (pick.between(0, 9)) {
            case 0, 1 -> clean + "/" + names.segment();
            case 2 -> clean.lastIndexOf('/') <= 0 ? "/" : clean.substring(0, clean.lastIndexOf('/'));
            case 3 -> clean + "/new/deeper";
            default -> clean;
        };
    }
}
