if (binding.hasVariable('showLog')) {
    // What the invoker would stream has a second prefix before each line.
    def out = new PrintStream(new FileOutputStream(FileDescriptor.out))
    out.print(new File(basedir, 'build.log').text)
    out.flush()
}
def log = new File(basedir, 'build.log').readLines()
def findings = log.findAll { it.startsWith('[ERROR]') }
assert findings.size() == 6
assert findings[0] == '[ERROR] container app fails with a read-only root: it cannot write /usr/local/share'
assert findings[1].startsWith('[ERROR] Dockerfile:6:8: user node (uid 1000) cannot write /usr/local/share: ') && findings[1].endsWith(' [path-not-permitted]')
assert findings[4].contains('pom.xml:25 <writablePaths>')
assert findings[5].contains('RUN chown node /usr/local/share')
assert log.contains('[INFO] BUILD SUCCESS')
assert new File(basedir, 'target/readonly-rootfs/readonly-rootfs.json').text.contains('"path-not-permitted"')
assert new File(basedir, 'target/readonly-rootfs/readonly-rootfs.sarif').text.contains('"path-not-permitted"')
// README shows what this very build prints.
assert new File(basedir, '../../../README.md').getText('UTF-8').contains(findings.join('\n') + '\n')
