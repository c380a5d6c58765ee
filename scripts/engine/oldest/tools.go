//go:build tools

// Package tools pins the oldest Pulumi CLI that golive supports: a slice of the tests runs on it.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
