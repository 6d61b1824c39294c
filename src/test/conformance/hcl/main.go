// SPDX-License-Identifier: Apache-2.0

// The judge of our reader of HCL: what HashiCorp's own library takes, and what it evaluates an expression to.
//
//	apt-get install golang-go golang-github-hashicorp-hcl-v2-dev golang-github-zclconf-go-cty-dev \
//	  golang-github-zclconf-go-cty-yaml-dev
//	GO111MODULE=off GOPATH=/tmp/go:/usr/share/gocode go build -o /tmp/hcl-judge src/test/conformance/hcl/main.go
//	ls *.tf | /tmp/hcl-judge files       one line for each file: ok or no
//	/tmp/hcl-judge texts < texts.txt     one line for each text, which are JSON strings: ok or no
//	/tmp/hcl-judge values < values.txt   one line for each expression: JSON, unknown, or error
//
// "mystery" is a variable whose value is unknown.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	yaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// As Terraform has it: a text between slashes is a regular expression.
var replace = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "str", Type: cty.String}, {Name: "substr", Type: cty.String}, {Name: "replace", Type: cty.String},
	},
	Type: function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		substr := args[1].AsString()
		if len(substr) > 1 && substr[0] == '/' && substr[len(substr)-1] == '/' {
			return stdlib.RegexReplace(args[0], cty.StringVal(substr[1:len(substr)-1]), args[2])
		}
		return stdlib.Replace(args[0], args[1], args[2])
	},
})

func pathFunction(of func(string) string) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.StringVal(of(args[0].AsString())), nil
		},
	})
}

var functions = map[string]function.Function{
	"can": tryfunc.CanFunc, "try": tryfunc.TryFunc,
	"jsonencode": stdlib.JSONEncodeFunc, "jsondecode": stdlib.JSONDecodeFunc,
	"merge": stdlib.MergeFunc, "concat": stdlib.ConcatFunc, "flatten": stdlib.FlattenFunc,
	"compact": stdlib.CompactFunc, "distinct": stdlib.DistinctFunc, "keys": stdlib.KeysFunc,
	"values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc, "range": stdlib.RangeFunc,
	"element": stdlib.ElementFunc, "contains": stdlib.ContainsFunc, "join": stdlib.JoinFunc,
	"split": stdlib.SplitFunc, "replace": replace, "lower": stdlib.LowerFunc,
	"upper": stdlib.UpperFunc, "trimspace": stdlib.TrimSpaceFunc, "format": stdlib.FormatFunc,
	"trimprefix": stdlib.TrimPrefixFunc, "trimsuffix": stdlib.TrimSuffixFunc, "chomp": stdlib.ChompFunc,
	"min": stdlib.MinFunc, "max": stdlib.MaxFunc, "slice": stdlib.SliceFunc, "sort": stdlib.SortFunc,
	"reverse": stdlib.ReverseListFunc, "coalescelist": stdlib.CoalesceListFunc, "lookup": stdlib.LookupFunc,
	"yamldecode": yaml.YAMLDecodeFunc, "basename": pathFunction(filepath.Base), "dirname": pathFunction(filepath.Dir),
	"length": stdlib.LengthFunc, "coalesce": stdlib.CoalesceFunc,
	"tostring": stdlib.MakeToFunc(cty.String), "tonumber": stdlib.MakeToFunc(cty.Number),
	"tobool": stdlib.MakeToFunc(cty.Bool), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
	"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "tomap": stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)),
}

func value(text string) string {
	expression, diags := hclsyntax.ParseExpression([]byte(text), "f", hcl.InitialPos)
	if diags.HasErrors() {
		return "error"
	}
	value, diags := expression.Value(&hcl.EvalContext{
		Functions: functions,
		Variables: map[string]cty.Value{"mystery": cty.DynamicVal},
	})
	if diags.HasErrors() {
		return "error"
	}
	if !value.IsWhollyKnown() {
		return "unknown"
	}
	known, err := ctyjson.Marshal(value, value.Type())
	if err != nil {
		return "error"
	}
	return string(known)
}

func parses(source []byte) string {
	if _, diags := hclsyntax.ParseConfig(source, "f", hcl.InitialPos); diags.HasErrors() {
		return "no"
	}
	return "ok"
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<24)
	for in.Scan() {
		switch os.Args[1] {
		case "values":
			fmt.Println(value(in.Text()))
		case "texts":
			var text string
			if err := json.Unmarshal(in.Bytes(), &text); err != nil {
				panic(err)
			}
			fmt.Println(parses([]byte(text)))
		default:
			source, err := os.ReadFile(in.Text())
			if err != nil {
				panic(err)
			}
			fmt.Println(parses(source), in.Text())
		}
	}
}
