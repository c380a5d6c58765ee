#!/usr/bin/env node
"use strict";
// What the engine starts: its own address is the last argument.
const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));
require("../dist/doors/plugin/server.js")
  .serve(engine)
  .catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
