import { Command } from "commander";
import type { Context } from "../context";

export interface Options {
  stack?: string;
  json?: boolean;
}

const example = `
Example:
  $ golive verify-contract                         # with the credentials of GOLIVE_* variables
  $ golive verify-contract --stack production --json

The more credentials there are, the more is seen; with GOLIVE_ENVIRONMENT, also whether a key fits its environment.
Only reads are sent: nothing in the account changes. It ends with 3 when an assumption is refuted: please report it, with
what is printed. It names ids and no secret.`;

export const verifyContractCommand = (context: Context): Command =>
  new Command("verify-contract")
    .description("Hold what golive assumes of the platform against a real account, by reading alone.")
    .option("--stack <name>", "stack whose config says where and as whom, after GOLIVE_* variables")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", example)
    .action(async (options: Options) => {
      const { verifyContract } = await import("../verify-contract/run.js");
      await verifyContract(context, options);
    });
