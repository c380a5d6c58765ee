//go:build tools

// Package tools pins the YAML language host: go.mod and go.sum beside this file say exactly what scripts/engine.mjs builds.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
