import type { Command } from "commander";

/** What may follow on the command line: commands, and each one's options. */
interface Words {
  readonly commands: readonly {
    readonly name: string;
    readonly description: string;
    readonly options: readonly Option[];
  }[];
}
interface Option {
  readonly flag: string;
  readonly description: string;
}

const optionsOf = (command: Command): Option[] =>
  [
    ...command.options.map(({ long, description }) => ({ flag: long ?? "", description })),
    { flag: "--help", description: "show help" },
  ].filter(({ flag }) => flag !== "");

export const wordsOf = (golive: Command): Words => ({
  commands: golive.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: optionsOf(command),
  })),
});

const stacks = `ls Pulumi.*.yaml 2>/dev/null | sed -e 's/^Pulumi\\.//' -e 's/\\.yaml$//'`;

export const bash = ({ commands }: Words): string => `# golive completion for bash: eval "$(golive completion bash)"
_golive() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map(({ name }) => name).join(" ")} --help --version"
  elif [[ "$word" != -* ]]; then words="$(${stacks})"
  else
    case "\${COMP_WORDS[1]}" in
${commands.map(({ name, options }) => `      ${name}) words="${options.map(({ flag }) => flag).join(" ")}" ;;`).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _golive golive
`;

const quoted = (text: string): string => text.replace(/['[\]:\\]/g, (sign) => (sign === "'" ? "'\\''" : `\\${sign}`));

export const zsh = ({ commands }: Words): string => `#compdef golive
# golive completion for zsh: eval "$(golive completion zsh)"
_golive() {
  local -a commands stacks
  commands=(${commands.map(({ name, description }) => `'${name}:${quoted(description)}'`).join(" ")})
  stacks=(\${(f)"$(${stacks})"})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${commands
  .map(
    ({ name, options }) =>
      `    ${name}) _arguments ${options.map(({ flag, description }) => `'${flag}[${quoted(description)}]'`).join(" ")} '*:stack:{compadd -a stacks}' ;;`,
  )
  .join("\n")}
  esac
}
compdef _golive golive
`;

const plain = (text: string): string => text.replace(/['\\]/g, (sign) => `\\${sign}`);

export const fish = ({ commands }: Words): string => `# golive completion for fish: golive completion fish | source
complete -c golive -f
${commands
  .flatMap(({ name, description, options }) => [
    `complete -c golive -n __fish_use_subcommand -a ${name} -d '${plain(description)}'`,
    ...options.map(
      ({ flag, description: what }) =>
        `complete -c golive -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)} -d '${plain(what)}'`,
    ),
  ])
  .join("\n")}
complete -c golive -n 'not __fish_use_subcommand' -a '(for f in Pulumi.*.yaml; string replace -r "^Pulumi\\.(.+)\\.yaml\\$" "\\$1" $f; end)'
`;
