// Records what BuildKit makes of the Dockerfiles in src/test/resources/grammar/cases and of the words in
// expansions.txt. Run it with record.sh; GrammarTableTest replays the answers.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

// Case is one Dockerfile. A case file holds several, each below a line "==== name option ...": target=NAME and
// arg:NAME=VALUE.
type Case struct {
	name    string
	text    []byte
	target  string
	args    map[string]string
}

type Failure struct {
	Phase   string `json:"phase"`
	Message string `json:"message"`
	Line    int    `json:"line"`
	EndLine int    `json:"endLine"`
}

type Heredoc struct {
	Name   string `json:"name"`
	Expand *bool  `json:"expand,omitempty"`
	Body   string `json:"body"`
}

type Instruction struct {
	Keyword   string            `json:"keyword"`
	Start     int               `json:"start"`
	End       int               `json:"end"`
	Exec      *bool             `json:"exec,omitempty"`
	Arguments []string          `json:"arguments,omitempty"`
	Pairs     [][]*string       `json:"pairs,omitempty"`
	Flags     map[string]string `json:"flags,omitempty"`
	Heredocs  []Heredoc         `json:"heredocs,omitempty"`
}

type Stage struct {
	Name         string        `json:"name"`
	Base         string        `json:"base"`
	Platform     string        `json:"platform,omitempty"`
	Start        int           `json:"start"`
	End          int           `json:"end"`
	Instructions []Instruction `json:"instructions"`
}

type Record struct {
	Name       string            `json:"name"`
	Target     string            `json:"target,omitempty"`
	BuildArgs  map[string]string `json:"buildArgs,omitempty"`
	Escape     string            `json:"escape,omitempty"`
	GlobalArgs []Instruction     `json:"globalArgs,omitempty"`
	Stages     []Stage           `json:"stages,omitempty"`
	Failure    *Failure          `json:"failure,omitempty"`
	Config     json.RawMessage   `json:"config,omitempty"`
}

type Word struct {
	Word   string  `json:"word"`
	Escape string  `json:"escape"`
	Result *string `json:"result,omitempty"`
	Error  string  `json:"error,omitempty"`
}

type Table struct {
	Recorded string                     `json:"recorded"`
	Bases    map[string]json.RawMessage `json:"bases"`
	Cases    []Record                   `json:"cases"`
	Env      map[string]string          `json:"expansionVariables"`
	Words    []Word                     `json:"expansions"`
}

// The images that cases build upon; every other one is empty.
var bases = map[string]json.RawMessage{
	"base-with-env":     json.RawMessage(`{"Env":["PATH=/opt/bin:/usr/bin:/bin","CATALINA_HOME=/usr/local/tomcat","APP_UID=1654"],"Volumes":{"/base-volume":{}}}`),
	"base-with-all":     json.RawMessage(`{"User":"app:app","WorkingDir":"/home/app","Env":["PATH=/usr/bin","HOME=/home/app"],"Entrypoint":["/entry"],"Cmd":["run"],"Shell":["/bin/bash","-c"],"Labels":{"of":"base"}}`),
	"base-with-onbuild": json.RawMessage(`{"OnBuild":["VOLUME /from-onbuild","USER onbuild","ARG D=/d","VOLUME $D"]}`),
}

type resolver struct{}

func (resolver) ResolveImageConfig(_ context.Context, ref string, opt sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config := json.RawMessage(`{}`)
	name := strings.TrimSuffix(strings.TrimPrefix(ref, "docker.io/library/"), ":latest")
	if base, ok := bases[name]; ok {
		config = base
	}
	dt, err := json.Marshal(map[string]any{"architecture": "amd64", "os": opt.ImageOpt.Platform.OS, "config": config,
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + strings.Repeat("0", 64)}}})
	return ref, "", dt, err
}

var notation = regexp.MustCompile(`⟦(?:([0-9A-F]{2})|(.)\*(\d+)|END)⟧`)

// decode turns ⟦0D⟧ into a byte, ⟦a*70000⟧ into many, and drops what follows ⟦END⟧.
func decode(text string) []byte {
	var out bytes.Buffer
	for {
		m := notation.FindStringSubmatchIndex(text)
		if m == nil {
			out.WriteString(text)
			return out.Bytes()
		}
		out.WriteString(text[:m[0]])
		switch {
		case m[2] >= 0:
			b, _ := strconv.ParseUint(text[m[2]:m[3]], 16, 8)
			out.WriteByte(byte(b))
		case m[4] >= 0:
			n, _ := strconv.Atoi(text[m[6]:m[7]])
			out.WriteString(strings.Repeat(text[m[4]:m[5]], n))
		default:
			return out.Bytes()
		}
		text = text[m[1]:]
	}
}

func readCases(file string) []Case {
	dt, err := os.ReadFile(file)
	check(err)
	var cases []Case
	group := strings.TrimSuffix(filepath.Base(file), ".dockerfile")
	for _, part := range strings.Split("\n"+string(dt), "\n==== ")[1:] {
		header, text, _ := strings.Cut(part, "\n")
		// The line feed in front of the next separator belongs to this case's last line.
		if !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		words := strings.Fields(header)
		c := Case{name: group + "/" + words[0], text: decode(text), args: map[string]string{}}
		for _, option := range words[1:] {
			if v, ok := strings.CutPrefix(option, "target="); ok {
				c.target = v
			} else if v, ok := strings.CutPrefix(option, "arg:"); ok {
				k, v, _ := strings.Cut(v, "=")
				c.args[k] = v
			} else {
				panic("unknown option " + option + " of " + c.name)
			}
		}
		cases = append(cases, c)
	}
	return cases
}

// BuildKit's suggestions depend on the order of a Go map, and ours are our own.
var suggestion = regexp.MustCompile(` \(did you mean .*\?\)$`)

func failure(phase string, err error) *Failure {
	f := &Failure{Phase: phase, Message: suggestion.ReplaceAllString(err.Error(), "")}
	var located *parser.LocationError
	if errors.As(err, &located) && len(located.Locations) > 0 && len(located.Locations[0]) > 0 {
		f.Line, f.EndLine = lines(located.Locations[0])
	}
	return f
}

func lines(location []parser.Range) (int, int) {
	return location[0].Start.Line, location[len(location)-1].End.Line
}

func pairs(kvps instructions.KeyValuePairs) [][]*string {
	var out [][]*string
	for _, kvp := range kvps {
		kvp := kvp
		out = append(out, []*string{&kvp.Key, &kvp.Value})
	}
	return out
}

func commandLine(out *Instruction, c instructions.ShellDependantCmdLine) {
	exec := !c.PrependShell
	out.Exec = &exec
	out.Arguments = []string(c.CmdLine)
	for _, f := range c.Files {
		body := f.Data
		if f.Chomp {
			body = parser.ChompHeredocContent(body)
		}
		out.Heredocs = append(out.Heredocs, Heredoc{Name: f.Name, Body: body})
	}
}

func copied(out *Instruction, c instructions.SourcesAndDest, flags map[string]string) {
	out.Arguments = append(append([]string{}, c.SourcePaths...), c.DestPath)
	for _, content := range c.SourceContents {
		expand := content.Expand
		out.Heredocs = append(out.Heredocs, Heredoc{Name: content.Path, Expand: &expand, Body: content.Data})
	}
	out.Flags = map[string]string{}
	for name, value := range flags {
		if value != "" && value != "false" {
			out.Flags[name] = value
		}
	}
}

func instruction(command instructions.Command) Instruction {
	out := Instruction{Keyword: strings.ToUpper(command.Name())}
	out.Start, out.End = lines(command.Location())
	switch c := command.(type) {
	case *instructions.EnvCommand:
		out.Pairs = pairs(c.Env)
	case *instructions.LabelCommand:
		out.Pairs = pairs(c.Labels)
	case *instructions.ArgCommand:
		for _, arg := range c.Args {
			key := arg.Key
			value := arg.Value
			if value != nil {
				text := *value
				value = &text
			}
			out.Pairs = append(out.Pairs, []*string{&key, value})
		}
	case *instructions.MaintainerCommand:
		out.Arguments = []string{c.Maintainer}
	case *instructions.AddCommand:
		copied(&out, c.SourcesAndDest, map[string]string{"chown": c.Chown, "chmod": c.Chmod, "checksum": c.Checksum,
			"link": strconv.FormatBool(c.Link), "keep-git-dir": strconv.FormatBool(c.KeepGitDir != nil && *c.KeepGitDir),
			"exclude": strings.Join(c.ExcludePatterns, "|")})
	case *instructions.CopyCommand:
		copied(&out, c.SourcesAndDest, map[string]string{"chown": c.Chown, "chmod": c.Chmod, "from": c.From,
			"link": strconv.FormatBool(c.Link), "parents": strconv.FormatBool(c.Parents),
			"exclude": strings.Join(c.ExcludePatterns, "|")})
	case *instructions.OnbuildCommand:
		out.Arguments = []string{c.Expression}
	case *instructions.WorkdirCommand:
		out.Arguments = []string{c.Path}
	case *instructions.RunCommand:
		commandLine(&out, c.ShellDependantCmdLine)
	case *instructions.CmdCommand:
		commandLine(&out, c.ShellDependantCmdLine)
	case *instructions.EntrypointCommand:
		commandLine(&out, c.ShellDependantCmdLine)
	case *instructions.HealthCheckCommand:
		out.Arguments = []string(c.Health.Test)
	case *instructions.ExposeCommand:
		out.Arguments = append([]string{}, c.Ports...)
		sort.Strings(out.Arguments)
	case *instructions.UserCommand:
		out.Arguments = []string{c.User}
	case *instructions.VolumeCommand:
		out.Arguments = append([]string{}, c.Volumes...)
	case *instructions.StopSignalCommand:
		out.Arguments = []string{c.Signal}
	case *instructions.ShellCommand:
		out.Arguments = []string(c.Shell)
	default:
		panic(fmt.Sprintf("%T", command))
	}
	return out
}

func record(c Case) (r Record) {
	r = Record{Name: c.name, Target: c.target}
	if len(c.args) > 0 {
		r.BuildArgs = c.args
	}
	result, err := parser.Parse(bytes.NewReader(c.text))
	if err != nil {
		r.Failure = failure("parse", err)
		return r
	}
	r.Escape = string(result.EscapeToken)
	stages, globalArgs, err := instructions.Parse(result.AST, nil)
	if err != nil {
		r.Failure = failure("instructions", err)
		return r
	}
	for i := range globalArgs {
		r.GlobalArgs = append(r.GlobalArgs, instruction(&globalArgs[i]))
	}
	for _, stage := range stages {
		s := Stage{Name: stage.Name, Base: stage.BaseName, Platform: stage.Platform, Instructions: []Instruction{}}
		s.Start, s.End = lines(stage.Location)
		for _, command := range stage.Commands {
			s.Instructions = append(s.Instructions, instruction(command))
		}
		r.Stages = append(r.Stages, s)
	}
	convert(c, &r)
	return r
}

func convert(c Case, r *Record) {
	defer func() {
		if p := recover(); p != nil {
			r.Failure = &Failure{Phase: "convert", Message: fmt.Sprintf("panic: %v", p)}
		}
	}()
	platform := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	caps := pb.Caps.CapSet(pb.Caps.All())
	_, image, _, _, err := dockerfile2llb.Dockerfile2LLB(context.Background(), c.text, dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{BuildArgs: c.args, Target: c.target, BuildPlatforms: []ocispecs.Platform{platform}},
		TargetPlatform: &platform,
		MetaResolver:   resolver{},
		LLBCaps:        &caps,
		// Without it, BuildKit's lint is silent.
		Warn: func(_, _, _, _ string, _ []parser.Range) {},
	})
	if err != nil {
		r.Failure = failure("convert", err)
		return
	}
	r.Config, err = json.Marshal(image.Config)
	check(err)
}

func expand(word string, escape rune, env []string) (w Word) {
	w = Word{Word: word, Escape: string(escape)}
	defer func() {
		if p := recover(); p != nil {
			w.Error = fmt.Sprintf("panic: %v", p)
		}
	}()
	result, _, err := shell.NewLex(escape).ProcessWord(word, shell.EnvsFromSlice(env))
	if err != nil {
		w.Error = err.Error()
	} else {
		w.Result = &result
	}
	return w
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	directory := os.Args[1]
	table := Table{Recorded: os.Args[2], Bases: bases, Env: map[string]string{
		"v": "foobarbaz", "e": "", "path": "/usr/local/lib.d/x.tar.gz", "star": "a*b", "dollar": "$v", "_u": "under",
		"blank": "/a /b", "slash": "/", "u": "ünïcode"}}
	files, err := filepath.Glob(filepath.Join(directory, "cases", "*.dockerfile"))
	check(err)
	sort.Strings(files)
	for _, file := range files {
		for _, c := range readCases(file) {
			table.Cases = append(table.Cases, record(c))
		}
	}
	var env []string
	for k, v := range table.Env {
		env = append(env, k+"="+v)
	}
	words, err := os.ReadFile(filepath.Join(directory, "expansions.txt"))
	check(err)
	for _, word := range strings.Split(strings.TrimSuffix(string(words), "\n"), "\n") {
		table.Words = append(table.Words, expand(word, '\\', env), expand(word, '`', env))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	check(encoder.Encode(table))
}
