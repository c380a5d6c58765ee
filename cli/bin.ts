#!/usr/bin/env node
import { run } from "./index";

// whoever reads may stop early, as `head` does
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
