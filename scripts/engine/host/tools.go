//go:build tools

// Package tools pins the Node.js language host: go.mod and go.sum beside this file say exactly what scripts/engine.mjs builds.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
