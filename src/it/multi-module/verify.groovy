def log = new File(basedir, 'build.log').readLines()
assert log.contains('[INFO] BUILD SUCCESS')
assert !log.any { it.startsWith('[WARNING]') || it.startsWith('[ERROR]') }
// The root, whose Dockerfile is for deploy, and the library.
assert log.count { it.endsWith("no Dockerfile and no task definition of this project's own: nothing to check") } == 2
assert !new File(basedir, 'target').exists()
assert !new File(basedir, 'library/target').exists()
assert new File(basedir, 'app/target/readonly-rootfs/readonly-rootfs.json').text.contains('"Dockerfile"')
assert new File(basedir, 'deploy/target/readonly-rootfs/readonly-rootfs.json').text.contains('"../Dockerfile"')
