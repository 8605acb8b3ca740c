// Renders a chart's templates as `helm template` does, with the template functions that Helm takes from sprig, for machines without
// Helm. On stdin: {"files": {name: text}, "data": {...}}; on stdout: {name: text}, or one line on stderr and exit code 1.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v2"
)

func main() {
	var input struct {
		Files map[string]string
		Data  map[string]interface{}
	}
	check(json.NewDecoder(os.Stdin).Decode(&input))
	chart := template.New("chart").Option("missingkey=error")
	functions := sprig.TxtFuncMap()
	functions["include"] = func(name string, data interface{}) (string, error) {
		var text bytes.Buffer
		err := chart.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	functions["fail"] = func(message string) (string, error) { return "", errors.New(message) }
	chart.Funcs(functions)
	for name, text := range input.Files {
		_, err := chart.New(name).Parse(text)
		check(err)
	}
	rendered := map[string]string{}
	for name := range input.Files {
		if strings.HasSuffix(name, ".tpl") {
			continue
		}
		var text bytes.Buffer
		check(chart.ExecuteTemplate(&text, name, input.Data))
		rendered[name] = text.String()
	}
	check(json.NewEncoder(os.Stdout).Encode(rendered))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
