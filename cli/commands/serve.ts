import { Command } from "commander";
import type { Context } from "../context";
import { collect } from "../options";

export interface Options {
  /** As JSON. */
  fault?: readonly string[];
  port: string;
  file?: string;
  billing?: boolean;
  json?: boolean;
}

export const serveCommand = (context: Context): Command =>
  new Command("serve")
    .description("Start the rehearsal: the embedded management API, on this computer only.")
    .option("--port <number>", "port to listen at; 0 takes a free one", "0")
    .option("--file <path>", "where everything is kept; without it, all is forgotten at the end")
    .option("--billing", "begin with an account that has billing: production is unlocked")
    .option("--fault <json>", 'a fault to play, e.g. \'{"operation":"createFlag","drop":"after","times":1}\'', collect)
    .option("--json", "print one line of JSON when it listens")
    .addHelpText("after", "\nExample:\n  golive serve --port 4100 --file rehearsal.db")
    .action(async (options: Options) => {
      const { serve } = await import("../serve/run.js");
      await serve(context, options);
    });
