def log = new File(basedir, 'build.log').readLines()
def second = log.findLastIndexOf { it.contains('Scanning for projects...') }
assert log[second..<log.size()].any { it.contains('Found cached build') }
assert log[second..<log.size()].any { it.startsWith('[ERROR] broken.json:') && it.endsWith(' [root-not-read-only]') }
