//go:build tools

// Package tools pins the Pulumi CLI: go.mod and go.sum beside this file say exactly what scripts/engine.mjs builds.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
