import { Argument, Command } from "commander";
import { bash, fish, wordsOf, zsh } from "../completion/scripts";
import { type Context, say, sayJson } from "../context";

const shells = { bash, zsh, fish } as const;

const example = `
Example:
  $ eval "$(golive completion bash)"               # in ~/.bashrc
  $ eval "$(golive completion zsh)"                # in ~/.zshrc, after compinit
  $ golive completion fish > ~/.config/fish/completions/golive.fish`;

/** `golive` is asked for when it runs: its commands are added after this one is made. */
export const completionCommand = (context: Context, golive: () => Command): Command =>
  new Command("completion")
    .description("Print the completion script of a shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(shells)))
    .option("--json", "print the words as JSON")
    .addHelpText("after", example)
    .action((shell: keyof typeof shells, options: { json?: boolean }) => {
      const words = wordsOf(golive());
      if (options.json) sayJson(context, words);
      else say(context, shells[shell](words));
    });
