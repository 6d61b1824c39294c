def log = new File(basedir, 'build.log').text
def lines = log.readLines()
assert lines.any { it ==~ /.*to fix all, run: mvn readonly-rootfs:fix@prod -pl :app.*/ }
// The dry run prints what git apply takes, without the log's prefixes; Maven 4 adds its own without --raw-streams.
lines = lines.collect { it - '[INFO] [stdout] ' }
assert lines.contains('--- a/app/Dockerfile')
assert lines.count('[INFO] module app') == 3
assert lines.contains('+RUN chown node /usr/local/share')
assert lines.any { it ==~ /\[INFO\] would change app\/Dockerfile, app\/taskdef.json \(3 edits\).*/ }
assert lines.any { it ==~ /\[INFO\] changed app\/Dockerfile, app\/taskdef.json \(3 edits\).*/ }
assert lines.any { it ==~ /\[INFO\] nothing to change;.*/ }
// One run changes the files, and one finds nothing to change.
assert lines.count { it.startsWith('[INFO] try it: docker run --rm --read-only ') } == 1
assert lines.count { it.startsWith('[INFO] next: read `git diff`, then run `mvn ') } == 1
assert !lines.any { it.startsWith('\tat ') }
assert new File(basedir, 'app/Dockerfile').text == '''\
FROM node:22-alpine
RUN chown node /usr/local/share
VOLUME /usr/local/share/
USER node
VOLUME /tmp
ENTRYPOINT ["node", "server.js"]
'''
assert new File(basedir, 'app/taskdef.json').text.contains('''\
      "name": "app",
      "readonlyRootFilesystem": true,
      "image": "<IMAGE1_NAME>",
''')
