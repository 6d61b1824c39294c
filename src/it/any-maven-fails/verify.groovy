def log = new File(basedir, 'build.log').readLines()
def failure = log.find { it.startsWith('[ERROR] Failed to execute goal ') }
assert failure.contains(':check (prod) on project app: 1 error')
assert failure.contains('container app fails with a read-only root: it cannot write /usr/local/share')
assert log.any { it.startsWith('[ERROR] app/Dockerfile:2:8: ') && it.endsWith(' [path-not-permitted]') }
// The parent's pom. Maven 4 does not tell.
assert log.any { it ==~ /\[ERROR\]   needed by  (pom\.xml:25 )?<writablePaths>/ }
assert !log.any { it.startsWith('\tat ') }
assert new File(basedir, 'app/target/readonly-rootfs/prod/readonly-rootfs.json').file
