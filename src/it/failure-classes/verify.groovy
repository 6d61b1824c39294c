def log = new File(basedir, 'build.log').readLines()
def second = log.findLastIndexOf { it.contains('Scanning for projects...') }
def failures = log[0..<second].findAll { it.startsWith('[ERROR] Failed to execute goal ') }
assert failures.size() == 4
assert failures.any { it.contains('on project not-writable: 1 error') && it.contains('/var/log/app') }
assert failures.any { it.contains('on project not-usable: 1 error') && it.contains('/usr/local/share') }
assert failures.any { it.contains('on project not-read-only: 1 error') && it.contains('taskdef.json:') }
assert failures.any { it.contains('on project invalid: 1 error') && it.contains('taskdef.json:') }
assert log.any { it.startsWith('[ERROR] ') && it.endsWith(' [path-not-writable]') }
assert log.any { it.startsWith('[ERROR] not-usable/Dockerfile:2:8: ') && it.endsWith(' [mount-not-usable]') }
assert log.any { it.startsWith('[ERROR] not-read-only/taskdef.json:') && it.endsWith(' [root-not-read-only]') }
assert log.any { it.startsWith('[ERROR] invalid/taskdef.json:') && it.endsWith(' [invalid-task-definition]') }
// What cannot be read was not checked: that fails under every failOn.
failures = log[second..<log.size()].findAll { it.startsWith('[ERROR] Failed to execute goal ') }
assert failures.size() == 1 && failures[0].contains('on project invalid: 1 error')
assert new File(basedir, 'ignored/target/readonly-rootfs/readonly-rootfs.json').text.contains('the logs are switched off in production')
