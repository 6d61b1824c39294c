def log = new File(basedir, 'build.log').readLines()
assert log.count('[INFO] BUILD SUCCESS') == 3
assert !log.any { it.startsWith('[WARNING]') || it.startsWith('[ERROR]') }
// One line for a check that passes: between the goal's own heading and the rule below it.
def heading = log.findIndexOf { it.contains(':check (default) @ passes') }
assert log[heading + 1].startsWith('[INFO] ') && log[heading + 1].contains('taskdef.json')
assert log[heading + 2].startsWith('[INFO] -----')
assert log.any { it.startsWith('[INFO] ') && it.contains('/tmp') && it.toLowerCase().contains('writable') }
assert new File(basedir, 'target/readonly-rootfs/readonly-rootfs.json').file
