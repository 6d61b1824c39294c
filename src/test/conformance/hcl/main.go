// SPDX-License-Identifier: Apache-2.0

// The judge of our reader of HCL: what HashiCorp's own library takes, and what it evaluates an expression to.
//
//	apt-get install golang-go golang-github-hashicorp-hcl-v2-dev golang-github-zclconf-go-cty-dev
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

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

var functions = map[string]function.Function{
	"can": tryfunc.CanFunc, "try": tryfunc.TryFunc,
	"jsonencode": stdlib.JSONEncodeFunc, "jsondecode": stdlib.JSONDecodeFunc,
	"merge": stdlib.MergeFunc, "concat": stdlib.ConcatFunc, "flatten": stdlib.FlattenFunc,
	"compact": stdlib.CompactFunc, "distinct": stdlib.DistinctFunc, "keys": stdlib.KeysFunc,
	"values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc, "range": stdlib.RangeFunc,
	"element": stdlib.ElementFunc, "contains": stdlib.ContainsFunc, "join": stdlib.JoinFunc,
	"split": stdlib.SplitFunc, "replace": stdlib.ReplaceFunc, "lower": stdlib.LowerFunc,
	"upper": stdlib.UpperFunc, "trimspace": stdlib.TrimSpaceFunc, "format": stdlib.FormatFunc,
	"trimprefix": stdlib.TrimPrefixFunc, "trimsuffix": stdlib.TrimSuffixFunc, "chomp": stdlib.ChompFunc,
	"min": stdlib.MinFunc, "max": stdlib.MaxFunc, "slice": stdlib.SliceFunc, "sort": stdlib.SortFunc,
	"reverse": stdlib.ReverseListFunc, "coalescelist": stdlib.CoalesceListFunc, "lookup": stdlib.LookupFunc,
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
