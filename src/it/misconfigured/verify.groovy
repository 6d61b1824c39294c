def log = new File(basedir, 'build.log').readLines()
def failures = log.findAll { it.startsWith('[ERROR] Failed to execute goal ') }
assert failures.size() == 8
assert failures[0].contains('which task definition is meant, of 2? Set <taskDefinition>taskdef.json</taskDefinition> or <taskDefinition>ecs/taskdef.json</taskDefinition>')
assert failures[1].contains('pom.xml:') && failures[1].contains('<baselines> is not a parameter of this plugin; did you mean baseline?')
assert failures[2].contains('there is no taskdf.json; did you mean taskdef.json? Set readonly-rootfs.taskDefinition to a file that exists; ')
assert failures[3].contains('failOn: there is no "warnings"; did you mean warning?')
assert failures[4].contains('-Dreadonly-rootfs.ignores has no effect: ')
assert failures[5].contains('"yes" is neither true nor false')
assert failures[6].contains('-Dreadonly-rootfs.failon is not a property of this plugin; did you mean -Dreadonly-rootfs.failOn?')
assert failures[7].contains('<users>: entry 2 is empty; give it a value or remove it')
assert log.contains('[INFO] skipped: readonly-rootfs.skip is set')
assert !log.any { it.startsWith('\tat ') || it.contains('Exception:') }
