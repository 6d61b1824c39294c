def log = new File(basedir, 'build.log').readLines()
assert log.any { it.startsWith('[ERROR] Dockerfile:6:8: user node (uid 1000) cannot write /usr/local/share: ') && it.endsWith(' [path-not-permitted]') }
assert log.any { it.contains('RUN chown node /usr/local/share') }
assert log.count { it.startsWith('[ERROR] Dockerfile:') } == 1
assert log.any { it.contains('pom.xml:25') && it.contains('<writablePaths>') }
assert log.contains('[INFO] BUILD SUCCESS')
assert new File(basedir, 'target/readonly-rootfs/readonly-rootfs.json').text.contains('"path-not-permitted"')
assert new File(basedir, 'target/readonly-rootfs/readonly-rootfs.sarif').text.contains('"path-not-permitted"')
