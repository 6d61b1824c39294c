def text = new File(basedir, 'build.log').text
def lines = text.readLines().collect { it - '[INFO] [stdout] ' }
assert lines.any { it ==~ /.*to fix all, run: mvn readonly-rootfs:fix@prod -pl :app.*/ }
assert lines.any { it ==~ /.*to read about the rule, run: mvn readonly-rootfs:explain -pl :app -Dreadonly-rootfs.rule=path-not-permitted.*/ }
// The first build is annotated; the path is the repository's, or the project's where there is none.
def annotations = lines.findAll { it.startsWith('::') }
assert annotations.any { it ==~ /::error file=\S*taskdef.json,line=9,endLine=9,col=\d+,endColumn=\d+,title=root-not-read-only::.*%0Ahelp: .*/ }
assert lines.contains('[INFO] in app:')
def summaries = lines.findAll { it ==~ /\[(INFO|ERROR)\] checked .*/ }
assert summaries[0] ==~ /\[ERROR\] checked app\/taskdef.json and app\/Dockerfile: .* 2 errors, 1 warning; .*; see app\/target\/readonly-rootfs\/prod\/readonly-rootfs.json/
assert lines.any { it.endsWith('readonly-rootfs-baseline.json lists 3 findings of taskdef.json (before: 0)') }
assert summaries[2] ==~ /\[INFO\] checked .* 3 known from the baseline; .*/
assert lines.contains('[INFO] removed 3 findings that are fixed from app/readonly-rootfs-baseline.json')
assert summaries[3] ==~ /\[INFO\] checked .*: proven; .*/
assert lines.contains('[INFO] outdated-baseline')
assert !lines.any { it.startsWith('\tat ') }
assert new File(basedir, 'app/readonly-rootfs-baseline.json').text == '''\
{
  "version": 1,
  "taskDefinitions": {}
}
'''
