#!/usr/bin/env node
// Not compiled, so that npm finds it to link before anything is built.
require("../dist/bin.js");
